package io.ordinal.server.kinds;

import io.ordinal.server.registry.Strategy;
import io.ordinal.server.registry.TableColumn;
import io.ordinal.server.registry.Trait;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.DisruptionBudgetRules;
import io.ordinal.server.validation.FieldErrors;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// PodDisruptionBudgets.
final class DisruptionBudgetStrategy implements Strategy {

  @Override
  public Set<Trait> traits() {
    return EnumSet.of(Trait.COUNTS_GENERATIONS, Trait.UPDATED_BY_VERSION_ONLY);
  }

  @Override
  public void prepareNew(ObjectNode budget) {
    budget.set(
        "status",
        Tree.object()
            .put("disruptionsAllowed", 0)
            .put("currentHealthy", 0)
            .put("desiredHealthy", 0)
            .put("expectedPods", 0));
  }

  @Override
  public void validate(ObjectNode budget, @Nullable ObjectNode old, FieldErrors errors) {
    DisruptionBudgetRules.check(budget, old, errors);
  }

  @Override
  public List<TableColumn> columns() {
    return List.of(
        TableColumn.NAME,
        TableColumn.text("Min Available", budget -> given(budget, "minAvailable")),
        TableColumn.text("Max Unavailable", budget -> given(budget, "maxUnavailable")),
        TableColumn.number(
            "Allowed Disruptions", b -> Tree.number(0, b, "status", "disruptionsAllowed")),
        TableColumn.AGE);
  }

  private static String given(ObjectNode budget, String field) {
    var value = Tree.at(budget, "spec", field);
    return value == null ? "N/A" : value.asString("");
  }
}
