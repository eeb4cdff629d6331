package io.ordinal.server.kinds;

import static io.ordinal.server.tree.Tree.otherwise;

import io.ordinal.server.registry.Metadata;
import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.table.Printer;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.FieldPath;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// PriorityClasses.
final class PriorityClassStrategy implements Strategy {
  /// The classes that every cluster has, and what they are worth.
  static final Map<String, Integer> SYSTEM =
      Map.of("system-cluster-critical", 2_000_000_000, "system-node-critical", 2_000_001_000);

  private static final int HIGHEST = 1_000_000_000;

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.COUNTS_GENERATIONS);
  }

  @Override
  public void defaults(ObjectNode priority) {
    otherwise(priority, "preemptionPolicy", "PreemptLowerPriority");
    otherwise(priority, "value", 0);
  }

  @Override
  public void validate(ObjectNode priority, @Nullable ObjectNode old, FieldErrors errors) {
    var name = Metadata.name(priority);
    var value = Tree.number(0, priority, "value");
    if (name.startsWith("system-") && SYSTEM.getOrDefault(name, -1) != value) {
      errors.forbidden(
          FieldPath.METADATA.child("name"),
          "priority class names with 'system-' prefix are reserved for system use only. error: "
              + name
              + " is not a known system priority class");
    } else if (!name.startsWith("system-") && value > HIGHEST) {
      errors.forbidden(
          FieldPath.of("value"), "maximum allowed value of a user defined priority is " + HIGHEST);
    }
    if (old == null) return;
    if (value != Tree.number(0, old, "value")) {
      errors.forbidden(FieldPath.of("value"), "may not be changed in an update.");
    }
    if (!Tree.same(priority.get("preemptionPolicy"), old.get("preemptionPolicy"))) {
      errors.invalid(
          FieldPath.of("preemptionPolicy"), priority.get("preemptionPolicy"), "field is immutable");
    }
  }

  @Override
  public List<TableColumn> columns() {
    return List.of(
        TableColumn.NAME,
        TableColumn.number("Value", priority -> Tree.number(0, priority, "value")),
        new TableColumn(
            new Printer.Column("Global-Default", "boolean", "", "Global-Default", 0),
            (priority, now) -> Tree.flag(priority, "globalDefault")),
        TableColumn.AGE,
        TableColumn.text("PreemptionPolicy", priority -> Tree.text(priority, "preemptionPolicy")));
  }
}
