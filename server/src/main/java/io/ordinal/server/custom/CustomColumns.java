package io.ordinal.server.custom;

import io.ordinal.server.registry.Ages;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.table.Printer;
import io.ordinal.server.tree.FieldsPath;
import io.ordinal.server.tree.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// The columns that a definition describes by JSONPath; without any, the age.
final class CustomColumns {
  private static final TableColumn AGE =
      column(
          new Printer.Column("Age", "date", "", "The time since the object was created.", 0),
          ".metadata.creationTimestamp");

  private CustomColumns() {}

  /// The table of a version.
  static List<TableColumn> of(ObjectNode version) {
    var columns = new ArrayList<TableColumn>();
    columns.add(TableColumn.NAME);
    for (var described : Tree.objects(version, "additionalPrinterColumns")) {
      var description = Tree.text(described, "description");
      var heading =
          new Printer.Column(
              Tree.text(described, "name"),
              Tree.text(described, "type"),
              Tree.text(described, "format"),
              description.isEmpty()
                  ? "Custom resource definition column (in JSONPath format): "
                      + Tree.text(described, "jsonPath")
                  : description,
              (int) Tree.number(0, described, "priority"));
      columns.add(column(heading, Tree.text(described, "jsonPath")));
    }
    if (columns.size() == 1) columns.add(AGE);
    return List.copyOf(columns);
  }

  private static TableColumn column(Printer.Column heading, String jsonPath) {
    var path = FieldsPath.parse(jsonPath);
    return new TableColumn(
        heading,
        (object, now) -> {
          var found = path.find(object);
          return found == null ? NullNode.getInstance() : cell(heading.type(), found, now);
        });
  }

  /// What is not of the column's type is not shown.
  private static JsonNode cell(String type, JsonNode value, Instant now) {
    return switch (type) {
      case "integer" ->
          value.isNumber() ? LongNode.valueOf(value.decimalValue().longValue()) : none();
      case "number" -> value.isNumber() ? value : none();
      case "boolean" -> value.isBoolean() ? value : none();
      case "date" -> value.isString() ? date(value.stringValue(), now) : none();
      default -> StringNode.valueOf(value.isNull() ? "" : FieldsPath.shown(value));
    };
  }

  private static JsonNode date(String time, Instant now) {
    return StringNode.valueOf(Ages.parse(time).isPresent() ? Ages.since(time, now) : "<invalid>");
  }

  private static JsonNode none() {
    return NullNode.getInstance();
  }
}
