package io.ordinal.server.table;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How objects of one kind look as rows of a Table (contract J).
public interface Printer {
  /// The name alone, for objects that have no printer.
  Printer NAME_ONLY = new NameOnly();

  /// The columns, the name first.
  List<Column> columns();

  /// One object's cells, one per column, and its conditions. The object is not modified.
  ///
  /// @param now for ages
  Row row(ObjectNode object, Instant now);

  /// A column.
  ///
  /// @param type `string`, `integer`, `number`, `boolean` or `date`
  /// @param format "" or for example `name` for the first column
  /// @param priority 0, or 1 when only `-o wide` shows it
  record Column(String name, String type, String format, String description, int priority) {}

  /// A row.
  ///
  /// @param conditions for example `Completed` of a pod that ended, as JSON objects; mostly empty
  record Row(List<JsonNode> cells, List<JsonNode> conditions) {
    /// A row without conditions.
    public static Row of(List<JsonNode> cells) {
      return new Row(cells, List.of());
    }
  }

  /// See [#NAME_ONLY].
  final class NameOnly implements Printer {
    private NameOnly() {}

    @Override
    public List<Column> columns() {
      return List.of(
          new Column("Name", "string", "name", "Name must be unique within a namespace.", 0));
    }

    @Override
    public Row row(ObjectNode object, Instant now) {
      return Row.of(List.of(object.path("metadata").path("name")));
    }
  }
}
