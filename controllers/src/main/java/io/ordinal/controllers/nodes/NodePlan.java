package io.ordinal.controllers.nodes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.ordinal.kube.Conditions;
import io.ordinal.kube.Taints;
import io.ordinal.kube.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// How a node's conditions and taints should be, given how long it has been silent.
///
/// @param conditions those to be written, empty when they are right
/// @param taints all taints as they should be, empty when they are right
/// @param fellSilent whether this look found it out
record NodePlan(List<NodeCondition> conditions, Optional<List<Taint>> taints, boolean fellSilent) {

  /// A node is given so long between two heartbeats.
  static final Duration GRACE = Duration.ofSeconds(50);

  private static final Map<String, String> PRESSURES =
      Map.of(
          "MemoryPressure", "node.kubernetes.io/memory-pressure",
          "DiskPressure", "node.kubernetes.io/disk-pressure",
          "PIDPressure", "node.kubernetes.io/pid-pressure",
          "NetworkUnavailable", "node.kubernetes.io/network-unavailable");

  private static final List<String> OF_A_NODE =
      List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure");

  /// The taints that are kept here; others belong to people.
  private static final Set<String> KEPT_HERE =
      Set.of(
          Taints.NOT_READY,
          Taints.UNREACHABLE,
          Taints.UNSCHEDULABLE,
          "node.kubernetes.io/memory-pressure",
          "node.kubernetes.io/disk-pressure",
          "node.kubernetes.io/pid-pressure",
          "node.kubernetes.io/network-unavailable");

  /// @param othersReady whether some other node is well: where none is, moving pods helps nobody
  ///   and nothing is evicted
  static NodePlan of(Node node, Duration silence, boolean othersReady, Instant now) {
    boolean silent = silence.compareTo(GRACE) > 0;
    List<NodeCondition> unknown = silent ? unknown(node, now) : List.of();
    String ready =
        silent
            ? "Unknown"
            : Conditions.find(node, "Ready").map(NodeCondition::getStatus).orElse("Unknown");
    List<Taint> taints = taints(node, ready, othersReady, now);
    return new NodePlan(
        unknown,
        taints.equals(node.getSpec().getTaints()) ? Optional.empty() : Optional.of(taints),
        silent && Conditions.isTrue(node, "Ready"));
  }

  private static List<NodeCondition> unknown(Node node, Instant now) {
    List<NodeCondition> changed = new ArrayList<>();
    for (String type : OF_A_NODE) {
      Optional<NodeCondition> known = Conditions.find(node, type);
      if (known.filter(c -> "Unknown".equals(c.getStatus())).isPresent()) {
        continue;
      }
      changed.add(
          new NodeConditionBuilder()
              .withType(type)
              .withStatus("Unknown")
              .withReason(known.isPresent() ? "NodeStatusUnknown" : "NodeStatusNeverUpdated")
              .withMessage(
                  known.isPresent()
                      ? "Kubelet stopped posting node status."
                      : "Kubelet never posted node status.")
              .withLastHeartbeatTime(
                  known
                      .map(NodeCondition::getLastHeartbeatTime)
                      .orElse(node.getMetadata().getCreationTimestamp()))
              .withLastTransitionTime(Timestamps.seconds(now))
              .build());
    }
    return changed;
  }

  private static List<Taint> taints(Node node, String ready, boolean othersReady, Instant now) {
    List<Taint> wanted = new ArrayList<>();
    switch (ready) {
      case "True" -> {}
      case "False" -> addBoth(wanted, Taints.NOT_READY, othersReady);
      default -> addBoth(wanted, Taints.UNREACHABLE, othersReady);
    }
    if (Boolean.TRUE.equals(node.getSpec().getUnschedulable())) {
      wanted.add(taint(Taints.UNSCHEDULABLE, Taints.NO_SCHEDULE));
    }
    PRESSURES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(e -> Conditions.isTrue(node, e.getKey()))
        .forEach(e -> wanted.add(taint(e.getValue(), Taints.NO_SCHEDULE)));
    return merged(node.getSpec().getTaints(), wanted, now);
  }

  private static void addBoth(List<Taint> wanted, String key, boolean evicting) {
    wanted.add(taint(key, Taints.NO_SCHEDULE));
    if (evicting) {
      wanted.add(taint(key, Taints.NO_EXECUTE));
    }
  }

  private static Taint taint(String key, String effect) {
    return new TaintBuilder().withKey(key).withEffect(effect).build();
  }

  /// Taints that are there already stay as they are and where they are, with their time.
  private static List<Taint> merged(List<Taint> known, List<Taint> wanted, Instant now) {
    List<Taint> all = new ArrayList<>();
    known.stream()
        .filter(t -> !isKeptHere(t) || wanted.stream().anyMatch(w -> same(w, t)))
        .forEach(all::add);
    wanted.stream()
        .filter(w -> known.stream().noneMatch(t -> same(w, t)))
        .map(w -> new TaintBuilder(w).withTimeAdded(Timestamps.seconds(now)).build())
        .forEach(all::add);
    return all;
  }

  private static boolean isKeptHere(Taint taint) {
    return KEPT_HERE.contains(taint.getKey());
  }

  private static boolean same(Taint a, Taint b) {
    return Objects.equals(a.getKey(), b.getKey()) && Objects.equals(a.getEffect(), b.getEffect());
  }
}
