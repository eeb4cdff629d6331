package io.ordinal.controllers.scheduler;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.ordinal.controllers.scheduler.Rejection.Cure;
import io.ordinal.kube.LabelSelectors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/// Which pods a pod wants beside it and which it does not, both ways: what the newcomer asks for
/// and what those already here refuse. A term speaks of a domain: all nodes that have the same
/// value of its topology key.
///
/// Counted once per pod, and only when somebody asks: a cluster without affinities pays nothing.
final class Company {
  /// Domains that a term is about, with the number of pods in each that match it.
  private record Counted(PodAffinityTerm term, Map<String, Integer> pods) {
    int at(NodeInfo node) {
      return node.label(term.getTopologyKey()).map(v -> pods.getOrDefault(v, 0)).orElse(0);
    }
  }

  private final List<Counted> required;
  private final boolean firstOfItsKind;
  private final List<Counted> refused;
  private final List<Counted> refusedByOthers;
  private final Map<String, Map<String, Integer>> preferred;

  private Company(
      List<Counted> required,
      boolean firstOfItsKind,
      List<Counted> refused,
      List<Counted> refusedByOthers,
      Map<String, Map<String, Integer>> preferred) {
    this.required = required;
    this.firstOfItsKind = firstOfItsKind;
    this.refused = refused;
    this.refusedByOthers = refusedByOthers;
    this.preferred = preferred;
  }

  static Company of(Needs pod, Collection<NodeInfo> nodes, Namespaces namespaces) {
    var required = counted(pod, pod.requiredCompany(), nodes, namespaces);
    boolean nobodyYet = required.stream().allMatch(c -> c.pods().isEmpty());
    boolean likesItself =
        pod.requiredCompany().stream().allMatch(t -> matches(t, pod, pod, namespaces));
    return new Company(
        required,
        nobodyYet && likesItself,
        counted(pod, pod.refusedCompany(), nodes, namespaces),
        refusedByOthers(pod, nodes, namespaces),
        preferred(pod, nodes, namespaces));
  }

  private static List<Counted> counted(
      Needs pod, List<PodAffinityTerm> terms, Collection<NodeInfo> nodes, Namespaces namespaces) {
    return terms.stream()
        .map(t -> new Counted(t, count(t, nodes, (_, other) -> matches(t, pod, other, namespaces))))
        .toList();
  }

  private static Map<String, Integer> count(
      PodAffinityTerm term, Collection<NodeInfo> nodes, BiPredicate<NodeInfo, Needs> which) {
    Map<String, Integer> counts = new HashMap<>();
    for (NodeInfo node : nodes) {
      node.label(term.getTopologyKey())
          .ifPresent(domain -> {
            int here = (int) node.pods().stream().filter(p -> which.test(node, p)).count();
            if (here > 0) {
              counts.merge(domain, here, Integer::sum);
            }
          });
    }
    return counts;
  }

  private static List<Counted> refusedByOthers(
      Needs pod, Collection<NodeInfo> nodes, Namespaces namespaces) {
    List<Counted> refusing = new ArrayList<>();
    for (NodeInfo node : nodes) {
      if (!node.hasRepellingPods()) {
        continue;
      }
      for (Needs other : node.pods()) {
        for (PodAffinityTerm term : other.refusedCompany()) {
          var domain = node.label(term.getTopologyKey());
          if (domain.isPresent() && matches(term, other, pod, namespaces)) {
            refusing.add(new Counted(term, Map.of(domain.get(), 1)));
          }
        }
      }
    }
    return refusing;
  }

  private static Map<String, Map<String, Integer>> preferred(
      Needs pod, Collection<NodeInfo> nodes, Namespaces namespaces) {
    Map<String, Map<String, Integer>> weights = new HashMap<>();
    pod.preferredCompany()
        .forEach(
            w -> weigh(weights, w.getPodAffinityTerm(), w.getWeight(), pod, nodes, namespaces));
    pod.avoidedCompany()
        .forEach(
            w -> weigh(weights, w.getPodAffinityTerm(), -w.getWeight(), pod, nodes, namespaces));
    return weights;
  }

  private static void weigh(
      Map<String, Map<String, Integer>> weights,
      PodAffinityTerm term,
      int weight,
      Needs pod,
      Collection<NodeInfo> nodes,
      Namespaces namespaces) {
    var byDomain = weights.computeIfAbsent(term.getTopologyKey(), _ -> new HashMap<>());
    count(term, nodes, (_, other) -> matches(term, pod, other, namespaces))
        .forEach((domain, pods) -> byDomain.merge(domain, pods * weight, Integer::sum));
  }

  /// Whether `other` is one of those that the term, which `holder` carries, is about.
  private static boolean matches(
      PodAffinityTerm term, Needs holder, Needs other, Namespaces namespaces) {
    return isInScope(term, holder, other, namespaces)
        && LabelSelectors.matches(selector(term, holder), other.pod().getMetadata().getLabels());
  }

  private static boolean isInScope(
      PodAffinityTerm term, Needs holder, Needs other, Namespaces namespaces) {
    if (term.getNamespaces().isEmpty() && term.getNamespaceSelector() == null) {
      return other.namespace().equals(holder.namespace());
    }
    return term.getNamespaces().contains(other.namespace())
        || LabelSelectors.matches(
            term.getNamespaceSelector(), namespaces.labels(other.namespace()));
  }

  /// matchLabelKeys add "the same value as mine", mismatchLabelKeys "another value than mine".
  private static LabelSelector selector(PodAffinityTerm term, Needs holder) {
    LabelSelector plain = term.getLabelSelector();
    if (plain == null
        || (term.getMatchLabelKeys().isEmpty() && term.getMismatchLabelKeys().isEmpty())) {
      return plain;
    }
    return new LabelSelectorBuilder(plain)
        .addAllToMatchExpressions(
            Stream.concat(
                    own(term.getMatchLabelKeys(), "In", holder),
                    own(term.getMismatchLabelKeys(), "NotIn", holder))
                .toList())
        .build();
  }

  private static Stream<LabelSelectorRequirement> own(
      List<String> keys, String operator, Needs holder) {
    Map<String, String> labels = holder.pod().getMetadata().getLabels();
    return keys.stream()
        .filter(labels::containsKey)
        .map(k ->
            new LabelSelectorRequirementBuilder()
                .withKey(k)
                .withOperator(operator)
                .withValues(labels.get(k))
                .build());
  }

  Optional<Rejection> check(NodeInfo node) {
    if (required.stream().anyMatch(c -> node.label(c.term().getTopologyKey()).isEmpty())
        || (!firstOfItsKind && required.stream().anyMatch(c -> c.at(node) == 0))) {
      return Optional.of(Rejection.always("node(s) didn't match pod affinity rules", Cure.COMPANY));
    }
    if (refused.stream().anyMatch(c -> c.at(node) > 0)) {
      return Optional.of(
          Rejection.untilPodsLeave("node(s) didn't match pod anti-affinity rules", Cure.COMPANY));
    }
    if (refusedByOthers.stream().anyMatch(c -> c.at(node) > 0)) {
      return Optional.of(
          Rejection.untilPodsLeave(
              "node(s) didn't satisfy existing pods anti-affinity rules", Cure.COMPANY));
    }
    return Optional.empty();
  }

  /// How much the preferred and avoided pods speak for the node: the sum of their weights.
  int preference(NodeInfo node) {
    int sum = 0;
    for (var byDomain : preferred.entrySet()) {
      sum +=
          node.label(byDomain.getKey())
              .map(domain -> byDomain.getValue().getOrDefault(domain, 0))
              .orElse(0);
    }
    return sum;
  }

  /// The labels of namespaces, for terms that choose namespaces by them.
  interface Namespaces {
    Map<String, String> labels(String namespace);
  }
}
