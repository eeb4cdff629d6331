package io.ordinal.controllers.nodes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.Pods;
import io.ordinal.kube.Writer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Every 20 seconds removes the pods that were left behind. A node must have been missing for 40
/// seconds, and the server must say so too, before its pods are taken for gone.
public final class PodGarbage {
  static final Duration PERIOD = Duration.ofSeconds(20);
  static final Duration MISSING_FOR = Duration.ofSeconds(40);

  private final KubernetesClient client;
  private final Writer writer;
  private final Clock wall;
  private final Clock steady;
  private final Informer<Pod> pods;
  private final Informer<Node> nodes;
  private final Map<String, Instant> missingSince = new HashMap<>();

  /// Adds the controller to the context's.
  public PodGarbage(ControllerContext context) {
    client = context.client("pod-garbage-collector");
    writer = new Writer(client);
    wall = context.wall();
    steady = context.steady();
    pods = context.informer(Pod.class);
    nodes = context.informer(Node.class);
    context.controller("pod-garbage", _ -> reconcile(), 1).add(new ObjectKey("", "pods"));
  }

  private Outcome reconcile() {
    for (LeftBehind each : LeftBehind.among(pods.list(), nodes.list(), goneForGood())) {
      remove(each);
    }
    return new Outcome.LookAgainAt(steady.instant().plus(PERIOD));
  }

  private Set<String> goneForGood() {
    Set<String> missing =
        pods.list().stream()
            .filter(Pods::isScheduled)
            .map(p -> p.getSpec().getNodeName())
            .filter(name -> nodes.get(new ObjectKey("", name)).isEmpty())
            .collect(Collectors.toSet());
    Instant now = steady.instant();
    missingSince.keySet().retainAll(missing);
    missing.forEach(name -> missingSince.putIfAbsent(name, now));
    return missingSince.entrySet().stream()
        .filter(e -> !e.getValue().plus(MISSING_FOR).isAfter(now))
        .map(Map.Entry::getKey)
        .filter(name -> client.nodes().withName(name).get() == null)
        .collect(Collectors.toSet());
  }

  private void remove(LeftBehind each) {
    if (each.why().isDisruption() && !Pods.isTerminal(each.pod())) {
      var condition = Disruptions.target("DeletionByPodGC", each.why().message(), wall.instant());
      writer.mergeStatus(each.pod(), Map.of("phase", "Failed", "conditions", List.of(condition)));
    }
    writer.deleteNow(each.pod());
  }
}
