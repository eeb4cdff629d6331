package io.ordinal.server.registry;

import io.ordinal.server.table.Printer;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// The table of a kind.
///
/// @param conditions reads a row's conditions from its object
record TablePrinter(
    List<Printer.Column> columns, List<TableColumn.Cell> cells, RowConditions conditions)
    implements Printer {

  /// Which conditions a row carries.
  @FunctionalInterface
  interface RowConditions {
    List<JsonNode> of(ObjectNode object);
  }

  static TablePrinter of(Strategy strategy) {
    var columns = strategy.columns();
    return new TablePrinter(
        columns.stream().map(TableColumn::heading).toList(),
        columns.stream().map(TableColumn::cell).toList(),
        strategy::rowConditions);
  }

  @Override
  public Row row(ObjectNode object, Instant now) {
    var row = cells.stream().map(cell -> node(cell.of(object, now))).toList();
    return new Row(row, conditions.of(object));
  }

  private static JsonNode node(Object value) {
    return switch (value) {
      case JsonNode tree -> tree;
      case Long number -> LongNode.valueOf(number);
      case Boolean flag -> BooleanNode.valueOf(flag);
      default -> StringNode.valueOf(value.toString());
    };
  }
}
