package io.ordinal.cluster.nodes;

import io.ordinal.node.runtime.ContainerRuntime;
import io.ordinal.node.runtime.ContainerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Stops every container of a runtime at the same time, each with its own grace, when no agent
/// watches over them any more. The pods stay in the store: the next start of the cluster runs them
/// again.
final class PodStopper {

  private static final String GRACE = "io.kubernetes.pod.terminationGracePeriod";
  private static final Duration USUAL_GRACE = Duration.ofSeconds(30);

  private final ContainerRuntime runtime;

  PodStopper(ContainerRuntime runtime) {
    this.runtime = runtime;
  }

  void stopAll() {
    List<Thread> stopping =
        runtime.containers(Map.of()).stream()
            .filter(ContainerStatus::running)
            .map(container -> Thread.ofVirtual().start(() -> stop(container)))
            .toList();
    try {
      for (var thread : stopping) thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop(ContainerStatus container) {
    runtime.stopContainer(container.id(), graceOf(container));
  }

  private static Duration graceOf(ContainerStatus container) {
    var seconds = container.annotations().get(GRACE);
    return seconds == null ? USUAL_GRACE : Duration.ofSeconds(Long.parseLong(seconds));
  }
}
