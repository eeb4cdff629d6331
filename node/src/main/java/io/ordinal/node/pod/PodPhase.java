package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.kube.Pods;
import io.ordinal.node.runtime.ContainerStatus;
import java.util.Optional;
import java.util.stream.Stream;

/// The phase of a pod (contract M11). A terminal phase is only told when nothing of the pod can run
/// any more, and never left.
enum PodPhase {
  Pending,
  Running,
  Succeeded,
  Failed;

  static PodPhase of(Observed o) {
    if (Pods.isTerminal(o.pod())) {
      return valueOf(o.pod().getStatus().getPhase());
    }
    return o.ending().isPresent() ? ofEnding(o) : ofLiving(o);
  }

  private static PodPhase ofEnding(Observed o) {
    if (couldRun(o)) {
      return before(o.pod());
    }
    if (o.memory().failure().isPresent()) {
      return Failed;
    }
    var all =
        Stream.concat(
            o.containers().stream(),
            o.initContainers().stream().filter(init -> !Restarts.isSidecar(init)));
    return all.allMatch(container -> succeeded(o, container)) ? Succeeded : Failed;
  }

  private static boolean succeeded(Observed o, Container container) {
    return o.runtime()
        .latest(container.getName())
        .filter(c -> c.state() == ContainerStatus.State.EXITED && c.exitCode() == 0)
        .isPresent();
  }

  /// Containers run, or something is under way that may make them run.
  static boolean couldRun(Observed o) {
    return !o.runtime().running().isEmpty()
        || o.inFlightWith("start:")
        || o.inFlightWith("stop:")
        || o.inFlight().contains("sandbox");
  }

  private static PodPhase before(Pod pod) {
    return Pods.isRunning(pod) ? Running : Pending;
  }

  private static PodPhase ofLiving(Observed o) {
    if (!Initialization.complete(o)) {
      return Pending;
    }
    int running = 0;
    for (var container : o.containers()) {
      var latest = o.runtime().latest(container.getName());
      if (latest.isEmpty() || neverRan(o, latest.get())) {
        return Pending;
      }
      running += latest.filter(ContainerStatus::running).isPresent() ? 1 : 0;
    }
    return running > 0 || !o.containers().isEmpty() ? Running : Pending;
  }

  private static boolean neverRan(Observed o, ContainerStatus latest) {
    return latest.state() == ContainerStatus.State.CREATED
        && Optional.of(latest).flatMap(c -> o.runtime().previous(c.name())).isEmpty();
  }
}
