package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.ordinal.node.runtime.ContainerStatus;
import java.util.List;

/// How far a pod's init containers have come.
final class Initialization {
  private Initialization() {}

  /// All are through, or a regular container has started, which they precede.
  static boolean complete(Observed o) {
    return regularStarted(o) || incomplete(o).isEmpty();
  }

  /// Names of those that are not through yet, in order.
  static List<String> incomplete(Observed o) {
    return o.initContainers().stream()
        .filter(init -> !through(o, init))
        .map(Container::getName)
        .toList();
  }

  private static boolean through(Observed o, Container init) {
    var latest = o.runtime().latest(init.getName());
    return Restarts.isSidecar(init)
        ? latest.filter(o::started).isPresent()
        : latest.filter(Initialization::succeeded).isPresent();
  }

  private static boolean succeeded(ContainerStatus container) {
    return container.state() == ContainerStatus.State.EXITED && container.exitCode() == 0;
  }

  private static boolean regularStarted(Observed o) {
    return o.containers().stream()
        .flatMap(c -> o.runtime().latest(c.getName()).stream())
        .anyMatch(c -> c.state() != ContainerStatus.State.CREATED);
  }
}
