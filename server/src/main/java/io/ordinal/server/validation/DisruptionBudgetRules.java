package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// PodDisruptionBudgets.
public final class DisruptionBudgetRules {
  private DisruptionBudgetRules() {}

  /// Checks a budget.
  public static void check(ObjectNode budget, @Nullable ObjectNode old, FieldErrors errors) {
    var spec = Tree.make(budget, "spec");
    var bounds = Checks.present(spec, List.of("minAvailable", "maxUnavailable"));
    if (bounds.size() > 1) {
      errors.invalid(FieldPath.SPEC, spec, "minAvailable and maxUnavailable cannot be both set");
    }
    for (var bound : bounds) {
      Checks.numberOrPercent(spec.path(bound), FieldPath.SPEC.child(bound), errors);
    }
    SelectorRules.check(Tree.at(spec, "selector"), FieldPath.SPEC.child("selector"), errors);
    Checks.oneOf(
        spec,
        "unhealthyPodEvictionPolicy",
        List.of("AlwaysAllow", "IfHealthyBudget"),
        FieldPath.SPEC,
        errors);
  }
}
