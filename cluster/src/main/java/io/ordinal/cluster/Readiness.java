package io.ordinal.cluster;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.ordinal.server.User;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits until the nodes of a cluster are Ready.
final class Readiness {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ControlPlane plane;
  private final Progress progress;

  Readiness(ControlPlane plane, Progress progress) {
    this.plane = plane;
    this.progress = progress;
  }

  void await(int nodes) throws InterruptedException {
    var missing = new CountDownLatch(nodes);
    Set<String> ready = ConcurrentHashMap.newKeySet();
    try (var client = plane.threadedClientFor(User.admin());
        var _ =
            client
                .nodes()
                .watch(
                    new Watcher<Node>() {
                      @Override
                      public void eventReceived(Action action, Node node) {
                        var name = node.getMetadata().getName();
                        if (isReady(node) && ready.add(name)) {
                          progress.say(name + ": Ready");
                          missing.countDown();
                        }
                      }

                      @Override
                      public void onClose(WatcherException cause) {
                        // The wait below ends by itself.
                      }
                    })) {
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
