package io.ordinal.controllers.nodes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.kube.Conditions;
import io.ordinal.kube.Pods;
import io.ordinal.kube.Taints;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Pods that no node looks after any more, and why each may go.
record LeftBehind(Pod pod, Why why) {
  /// So many ended pods are kept for people to look at.
  static final int ENDED_KEPT = 12_500;

  enum Why {
    /// Its node is gone: what ran there is gone too.
    NODE_GONE("PodGC: node no longer exists"),
    /// A person has said that the node is off for good.
    OUT_OF_SERVICE("PodGC: node is out-of-service"),
    /// It was told to end before it had a node.
    NEVER_SCHEDULED(""),
    /// It ended, and there are too many such.
    TOO_MANY_ENDED("");

    private final String message;

    Why(String message) {
      this.message = message;
    }

    String message() {
      return message;
    }

    boolean isDisruption() {
      return !message.isEmpty();
    }
  }

  /// @param goneForGood names of nodes that have been missing long enough
  static List<LeftBehind> among(
      Collection<Pod> pods, Collection<Node> nodes, Set<String> goneForGood) {
    Map<String, Node> byName =
        nodes.stream()
            .collect(Collectors.toMap(n -> n.getMetadata().getName(), Function.identity()));
    List<LeftBehind> found = new ArrayList<>();
    List<Pod> ended = new ArrayList<>();
    for (Pod pod : pods) {
      boolean terminating = Pods.isTerminating(pod);
      if (!Pods.isScheduled(pod)) {
        if (terminating) {
          found.add(new LeftBehind(pod, Why.NEVER_SCHEDULED));
        }
      } else if (goneForGood.contains(pod.getSpec().getNodeName())) {
        found.add(new LeftBehind(pod, Why.NODE_GONE));
      } else if (terminating && isOutOfService(byName.get(pod.getSpec().getNodeName()))) {
        found.add(new LeftBehind(pod, Why.OUT_OF_SERVICE));
      } else if (!terminating && Pods.isTerminal(pod)) {
        ended.add(pod);
      }
    }
    if (ended.size() > ENDED_KEPT) {
      ended.stream()
          .sorted(Comparator.comparing(p -> p.getMetadata().getCreationTimestamp()))
          .limit(ended.size() - (long) ENDED_KEPT)
          .forEach(p -> found.add(new LeftBehind(p, Why.TOO_MANY_ENDED)));
    }
    return found;
  }

  /// The taint alone is not enough: a node that is heard of is not off.
  private static boolean isOutOfService(@Nullable Node node) {
    return node != null
        && !Conditions.isTrue(node, "Ready")
        && node.getSpec().getTaints().stream()
            .anyMatch(t -> Taints.OUT_OF_SERVICE.equals(t.getKey()));
  }
}
