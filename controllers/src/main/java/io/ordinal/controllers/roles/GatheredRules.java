package io.ordinal.controllers.roles;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.ordinal.kube.LabelSelectors;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// The rules that a gathering role should have.
final class GatheredRules {
  private GatheredRules() {}

  /// Those of all roles that its selectors name, each rule once, by the roles' names; empty when
  /// the role gathers none.
  static Optional<List<PolicyRule>> of(ClusterRole role, Collection<ClusterRole> all) {
    if (role.getAggregationRule() == null) return Optional.empty();
    var rules = new LinkedHashSet<PolicyRule>();
    for (var selector : role.getAggregationRule().getClusterRoleSelectors()) {
      all.stream()
          .filter(other -> !name(other).equals(name(role)) && isFor(selector, other))
          .sorted(Comparator.comparing(GatheredRules::name))
          .forEach(other -> rules.addAll(other.getRules()));
    }
    return Optional.of(List.copyOf(rules));
  }

  private static boolean isFor(LabelSelector selector, ClusterRole role) {
    return LabelSelectors.matches(selector, role.getMetadata().getLabels());
  }

  private static String name(ClusterRole role) {
    return role.getMetadata().getName();
  }
}
