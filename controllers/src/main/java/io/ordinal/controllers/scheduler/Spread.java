package io.ordinal.controllers.scheduler;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.ordinal.controllers.scheduler.Rejection.Cure;
import io.ordinal.kube.LabelSelectors;
import io.ordinal.kube.NodeSelectors;
import io.ordinal.kube.Pods;
import io.ordinal.kube.Taints;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Topology spread constraints that must hold: after placing the pod no domain may hold more than
/// `maxSkew` matching pods above the emptiest one.
final class Spread {
  private record Counted(
      TopologySpreadConstraint rule, boolean countsItself, Map<String, Integer> pods) {

    int fewest() {
      Integer domains = rule.getMinDomains();
      return domains != null && pods.size() < domains
          ? 0
          : pods.values().stream().min(Integer::compare).orElse(0);
    }
  }

  private final List<Counted> rules;

  private Spread(List<Counted> rules) {
    this.rules = rules;
  }

  static Spread of(Needs pod, Collection<NodeInfo> nodes) {
    return new Spread(pod.spreadStrictly().stream().map(r -> counted(r, pod, nodes)).toList());
  }

  private static Counted counted(
      TopologySpreadConstraint rule, Needs pod, Collection<NodeInfo> nodes) {
    LabelSelector selector = selector(rule, pod);
    Map<String, Integer> counts = new HashMap<>();
    for (NodeInfo node : nodes) {
      var domain = node.label(rule.getTopologyKey());
      if (domain.isEmpty() || !isEligible(node, rule, pod)) {
        continue;
      }
      int here =
          (int)
              node.pods().stream()
                  .filter(p -> p.namespace().equals(pod.namespace()))
                  .filter(p -> !Pods.isTerminating(p.pod()))
                  .filter(p -> LabelSelectors.matches(selector, p.pod().getMetadata().getLabels()))
                  .count();
      counts.merge(domain.get(), here, Integer::sum);
    }
    return new Counted(
        rule, LabelSelectors.matches(selector, pod.pod().getMetadata().getLabels()), counts);
  }

  private static LabelSelector selector(TopologySpreadConstraint rule, Needs pod) {
    LabelSelector plain = rule.getLabelSelector();
    if (plain == null || rule.getMatchLabelKeys().isEmpty()) {
      return plain;
    }
    Map<String, String> labels = pod.pod().getMetadata().getLabels();
    var more = new LabelSelectorBuilder(plain);
    rule.getMatchLabelKeys().stream()
        .filter(labels::containsKey)
        .forEach(k -> more.addToMatchLabels(k, labels.get(k)));
    return more.build();
  }

  /// Nodes that the pod could not use anyway do not count, unless the rule says otherwise.
  private static boolean isEligible(NodeInfo node, TopologySpreadConstraint rule, Needs pod) {
    boolean wanted =
        "Ignore".equals(rule.getNodeAffinityPolicy())
            || (NodeSelectors.containsAll(
                    node.node().getMetadata().getLabels(), pod.pod().getSpec().getNodeSelector())
                && NodeSelectors.matches(pod.requiredNodes().orElse(null), node.node()));
    boolean borne =
        !"Honor".equals(rule.getNodeTaintsPolicy())
            || Taints.untolerated(
                    node.node().getSpec().getTaints(),
                    pod.pod().getSpec().getTolerations(),
                    Taints.NO_SCHEDULE,
                    Taints.NO_EXECUTE)
                .isEmpty();
    return wanted && borne;
  }

  Optional<Rejection> check(NodeInfo node) {
    for (Counted counted : rules) {
      var domain = node.label(counted.rule.getTopologyKey());
      if (domain.isEmpty()) {
        return Optional.of(
            Rejection.always(
                "node(s) didn't match pod topology spread constraints (missing required label)",
                Cure.NODE));
      }
      int then = counted.pods.getOrDefault(domain.get(), 0) + (counted.countsItself ? 1 : 0);
      if (then - counted.fewest() > counted.rule.getMaxSkew()) {
        return Optional.of(
            Rejection.untilPodsLeave(
                "node(s) didn't match pod topology spread constraints", Cure.COMPANY));
      }
    }
    return Optional.empty();
  }
}
