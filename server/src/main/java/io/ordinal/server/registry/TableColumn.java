package io.ordinal.server.registry;

import io.ordinal.server.table.Printer;
import io.ordinal.server.tree.Tree;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// One column of the table that `kubectl get` prints, and what it shows of an object.
public record TableColumn(Printer.Column heading, Cell cell) {

  /// What a column shows of one object: a String, a Long, a Boolean or a tree.
  @FunctionalInterface
  public interface Cell {
    Object of(ObjectNode object, Instant now);
  }

  /// Reads text from an object.
  @FunctionalInterface
  public interface Words {
    String of(ObjectNode object);
  }

  /// Reads a number from an object.
  @FunctionalInterface
  public interface Count {
    long of(ObjectNode object);
  }

  /// The object's name: the first column of every table.
  public static final TableColumn NAME =
      new TableColumn(
          new Printer.Column(
              "Name", "string", "name", "Name must be unique within a namespace.", 0),
          (object, now) -> Tree.text(object, "metadata", "name"));

  /// The time since the object was created.
  public static final TableColumn AGE =
      cell(
          "Age",
          (object, now) -> Ages.since(Tree.text(object, "metadata", "creationTimestamp"), now));

  /// What kinds without columns of their own show beside the name.
  public static final TableColumn CREATED_AT =
      text("Created At", object -> Tree.text(object, "metadata", "creationTimestamp"));

  /// A column of text.
  public static TableColumn text(String name, Words text) {
    return cell(name, (object, now) -> text.of(object));
  }

  /// A column of whole numbers.
  public static TableColumn number(String name, Count number) {
    return new TableColumn(
        new Printer.Column(name, "integer", "", name, 0), (object, now) -> number.of(object));
  }

  /// A column of text that depends on the time.
  public static TableColumn cell(String name, Cell cell) {
    return new TableColumn(new Printer.Column(name, "string", "", name, 0), cell);
  }

  /// The same column, shown only with `-o wide`.
  public TableColumn wide() {
    var h = heading;
    return new TableColumn(
        new Printer.Column(h.name(), h.type(), h.format(), h.description(), 1), cell);
  }
}
