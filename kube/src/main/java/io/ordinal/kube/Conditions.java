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
    return Optional.ofNullable(pod.getStatus())
        .flatMap(status ->
            status.getConditions().stream().filter(c -> type.equals(c.getType())).findFirst());
  }

  public static Optional<NodeCondition> find(Node node, String type) {
    return Optional.ofNullable(node.getStatus())
        .flatMap(status ->
            status.getConditions().stream().filter(c -> type.equals(c.getType())).findFirst());
  }

  public static boolean isTrue(Pod pod, String type) {
    return find(pod, type).filter(c -> "True".equals(c.getStatus())).isPresent();
  }

  public static boolean isTrue(Node node, String type) {
    return find(node, type).filter(c -> "True".equals(c.getStatus())).isPresent();
  }
}
