package io.ordinal.cluster;

import io.fabric8.kubernetes.api.model.Node;
import io.ordinal.kube.Informers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits until the nodes of a cluster are Ready.
final class Readiness {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ControlPlane plane;
  private final Timing timing;
  private final Progress progress;

  Readiness(ControlPlane plane, Timing timing, Progress progress) {
    this.plane = plane;
    this.timing = timing;
    this.progress = progress;
  }

  void await(int nodes) throws InterruptedException {
    var missing = new CountDownLatch(nodes);
    Set<String> ready = ConcurrentHashMap.newKeySet();
    try (var client = plane.clientOfPart(ControlPlane.ASSEMBLY);
        var informers = new Informers(client, timing.steady(), timing.random())) {
      informers
          .of(Node.class)
          .onChange((_, node) -> {
            if (node == null || !isReady(node) || !ready.add(node.getMetadata().getName())) return;
            progress.say(node.getMetadata().getName() + ": Ready");
            missing.countDown();
          });
      informers.start();
      if (missing.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) return;
    }
    throw new UserError(
        UserError.CLUSTER,
        "only %d of %d nodes are Ready after %d s: see the log"
            .formatted(ready.size(), nodes, PATIENCE.toSeconds()));
  }

  private static boolean isReady(Node node) {
    return node.getStatus() != null
        && node.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }
}
