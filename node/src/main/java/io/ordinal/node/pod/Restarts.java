package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.node.runtime.ContainerStatus;

/// Whether a container that ended is started again.
final class Restarts {
  private Restarts() {}

  /// An init container that runs beside the others for the life of the pod.
  static boolean isSidecar(Container init) {
    return "Always".equals(init.getRestartPolicy());
  }

  static String policy(Pod pod) {
    var policy = pod.getSpec().getRestartPolicy();
    return policy == null ? "Always" : policy;
  }

  static boolean regular(Pod pod, Container container, int exitCode) {
    var own = container.getRestartPolicy();
    return switch (own == null ? policy(pod) : own) {
      case "Never" -> false;
      case "OnFailure" -> exitCode != 0;
      default -> true;
    };
  }

  static boolean init(Pod pod, Container container, int exitCode) {
    return isSidecar(container) || (exitCode != 0 && !policy(pod).equals("Never"));
  }

  /// An init container failed for good, or all regular containers ended for good.
  static boolean finished(Observed o) {
    if (o.initContainers().stream().anyMatch(init -> initFailed(o, init))) {
      return true;
    }
    return !o.containers().isEmpty()
        && o.containers().stream().allMatch(container -> endedForGood(o, container));
  }

  static boolean initFailed(Observed o, Container init) {
    return !isSidecar(init)
        && o.runtime()
            .latest(init.getName())
            .filter(ContainerStatus::ended)
            .filter(c -> c.exitCode() != 0 && !init(o.pod(), init, c.exitCode()))
            .isPresent();
  }

  private static boolean endedForGood(Observed o, Container container) {
    return !o.starting(container.getName())
        && o.runtime()
            .latest(container.getName())
            .filter(ContainerStatus::ended)
            .filter(c -> !regular(o.pod(), container, c.exitCode()))
            .isPresent();
  }
}
