package io.ordinal.controllers.scheduler;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What one pod asks of a node, read once from its spec.
record Needs(
    Pod pod, Resources requests, Resources assumed, List<HostPort> ports, Optional<String> owner) {

  static Needs of(Pod pod) {
    return new Needs(
        pod,
        Resources.requestedBy(pod),
        Resources.assumedOf(pod),
        HostPort.of(pod),
        pod.getMetadata().getOwnerReferences().stream()
            .filter(o -> Boolean.TRUE.equals(o.getController()))
            .map(o -> o.getUid())
            .findFirst());
  }

  String namespace() {
    return pod.getMetadata().getNamespace();
  }

  String uid() {
    return pod.getMetadata().getUid();
  }

  private <T> Optional<T> affinity(Function<Affinity, T> part) {
    return Optional.ofNullable(pod.getSpec().getAffinity()).map(part);
  }

  Optional<NodeSelector> requiredNodes() {
    return affinity(Affinity::getNodeAffinity)
        .map(a -> a.getRequiredDuringSchedulingIgnoredDuringExecution());
  }

  List<PreferredSchedulingTerm> preferredNodes() {
    return affinity(Affinity::getNodeAffinity)
        .map(a -> a.getPreferredDuringSchedulingIgnoredDuringExecution())
        .orElse(List.of());
  }

  List<PodAffinityTerm> requiredCompany() {
    return affinity(Affinity::getPodAffinity)
        .map(a -> a.getRequiredDuringSchedulingIgnoredDuringExecution())
        .orElse(List.of());
  }

  List<PodAffinityTerm> refusedCompany() {
    return affinity(Affinity::getPodAntiAffinity)
        .map(a -> a.getRequiredDuringSchedulingIgnoredDuringExecution())
        .orElse(List.of());
  }

  List<WeightedPodAffinityTerm> preferredCompany() {
    return affinity(Affinity::getPodAffinity)
        .map(a -> a.getPreferredDuringSchedulingIgnoredDuringExecution())
        .orElse(List.of());
  }

  List<WeightedPodAffinityTerm> avoidedCompany() {
    return affinity(Affinity::getPodAntiAffinity)
        .map(a -> a.getPreferredDuringSchedulingIgnoredDuringExecution())
        .orElse(List.of());
  }

  List<TopologySpreadConstraint> spreadStrictly() {
    return pod.getSpec().getTopologySpreadConstraints().stream()
        .filter(c -> !"ScheduleAnyway".equals(c.getWhenUnsatisfiable()))
        .toList();
  }
}
