package io.ordinal.controllers.scheduler;

import io.fabric8.kubernetes.api.model.Taint;
import io.ordinal.controllers.scheduler.Rejection.Cure;
import io.ordinal.kube.NodeSelectors;
import io.ordinal.kube.Taints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The filters that look at one node alone, in the order in which the first refusal is told.
final class NodeFilters {
  private NodeFilters() {}

  static Optional<Rejection> check(Needs pod, NodeInfo node) {
    return unschedulable(pod, node)
        .or(() -> otherName(pod, node))
        .or(() -> taint(pod, node))
        .or(() -> affinity(pod, node))
        .or(() -> ports(pod, node))
        .or(() -> room(pod, node));
  }

  private static final Taint CORDONED =
      new Taint(Taints.NO_SCHEDULE, Taints.UNSCHEDULABLE, null, null);

  private static Optional<Rejection> unschedulable(Needs pod, NodeInfo node) {
    boolean refused =
        Boolean.TRUE.equals(node.node().getSpec().getUnschedulable())
            && pod.pod().getSpec().getTolerations().stream()
                .noneMatch(t -> Taints.tolerates(t, CORDONED));
    return when(refused, "node(s) were unschedulable");
  }

  private static Optional<Rejection> otherName(Needs pod, NodeInfo node) {
    String wanted = pod.pod().getSpec().getNodeName();
    return when(
        wanted != null && !wanted.isEmpty() && !wanted.equals(node.name()),
        "node(s) didn't match the requested node name");
  }

  private static Optional<Rejection> taint(Needs pod, NodeInfo node) {
    return when(
        Taints.untolerated(
                node.node().getSpec().getTaints(),
                pod.pod().getSpec().getTolerations(),
                Taints.NO_SCHEDULE,
                Taints.NO_EXECUTE)
            .isPresent(),
        "node(s) had untolerated taint(s)");
  }

  private static Optional<Rejection> affinity(Needs pod, NodeInfo node) {
    boolean matches =
        NodeSelectors.containsAll(
                node.node().getMetadata().getLabels(), pod.pod().getSpec().getNodeSelector())
            && NodeSelectors.matches(pod.requiredNodes().orElse(null), node.node());
    return when(!matches, "node(s) didn't match Pod's node affinity/selector");
  }

  private static Optional<Rejection> when(boolean refused, String reason) {
    return refused ? Optional.of(Rejection.always(reason, Cure.NODE)) : Optional.empty();
  }

  private static Optional<Rejection> ports(Needs pod, NodeInfo node) {
    if (pod.ports().isEmpty() || !node.hasHostPorts()) {
      return Optional.empty();
    }
    boolean taken =
        node.pods().stream()
            .flatMap(p -> p.ports().stream())
            .anyMatch(theirs -> pod.ports().stream().anyMatch(theirs::collidesWith));
    return taken
        ? Optional.of(
            Rejection.untilPodsLeave(
                "node(s) didn't have free ports for the requested pod ports", Cure.ROOM))
        : Optional.empty();
  }

  private static Optional<Rejection> room(Needs pod, NodeInfo node) {
    Resources wanted = pod.requests();
    Resources all = node.allocatable();
    Resources used = node.requested();
    List<String> lacking = new ArrayList<>();
    if (node.pods().size() + 1 > node.podsAllowed()) {
      lacking.add("Too many pods");
    }
    if (isShort(wanted.milliCpu(), used.milliCpu(), all.milliCpu())) {
      lacking.add("Insufficient cpu");
    }
    if (isShort(wanted.memory(), used.memory(), all.memory())) {
      lacking.add("Insufficient memory");
    }
    if (isShort(wanted.ephemeralStorage(), used.ephemeralStorage(), all.ephemeralStorage())) {
      lacking.add("Insufficient ephemeral-storage");
    }
    wanted
        .extended()
        .forEach((name, amount) -> {
          if (isShort(
              amount,
              used.extended().getOrDefault(name, 0L),
              all.extended().getOrDefault(name, 0L))) {
            lacking.add("Insufficient " + name);
          }
        });
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(new Rejection(lacking, couldEverFit(wanted, node), Cure.ROOM));
  }

  /// What is not asked for is never short, even on a node that has promised too much.
  private static boolean isShort(long wanted, long used, long all) {
    return wanted > 0 && wanted > all - used;
  }

  private static boolean couldEverFit(Resources wanted, NodeInfo node) {
    Resources all = node.allocatable();
    return wanted.milliCpu() <= all.milliCpu()
        && wanted.memory() <= all.memory()
        && wanted.ephemeralStorage() <= all.ephemeralStorage()
        && wanted.extended().entrySet().stream()
            .allMatch(e -> e.getValue() <= all.extended().getOrDefault(e.getKey(), 0L));
  }
}
