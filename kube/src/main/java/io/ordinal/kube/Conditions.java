package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Optional;

/// Finds a condition by its type.
public final class Conditions {
  private Conditions() {}

  public static Optional<PodCondition> find(Pod pod, String type) {
    if (pod.getStatus() == null) return Optional.empty();
    for (var condition : pod.getStatus().getConditions()) {
      if (type.equals(condition.getType())) return Optional.of(condition);
    }
    return Optional.empty();
  }

  public static Optional<NodeCondition> find(Node node, String type) {
    if (node.getStatus() == null) return Optional.empty();
    for (var condition : node.getStatus().getConditions()) {
      if (type.equals(condition.getType())) return Optional.of(condition);
    }
    return Optional.empty();
  }

  public static boolean isTrue(Pod pod, String type) {
    return find(pod, type).filter(c -> "True".equals(c.getStatus())).isPresent();
  }

  public static boolean isTrue(Node node, String type) {
    return find(node, type).filter(c -> "True".equals(c.getStatus())).isPresent();
  }
}
