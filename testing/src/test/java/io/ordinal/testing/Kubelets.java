package io.ordinal.testing;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.ordinal.kube.Informer;
import io.ordinal.kube.Informers;
import io.ordinal.kube.Pods;
import io.ordinal.kube.Timestamps;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// The least that nodes must do for controllers to be tried: start pods at once, end them at once,
/// and be heard of. A node that was cut off does nothing at all.
final class Kubelets {
  private static final PatchContext STRATEGIC = PatchContext.of(PatchType.STRATEGIC_MERGE);

  private final KubernetesClient client;
  private final Clock clock;
  private final Informers informers;
  private final Informer<Pod> pods;
  private final Set<String> alive = new TreeSet<>();
  private final Set<String> started = new TreeSet<>();
  private final Set<String> ended = new TreeSet<>();
  private int addresses;

  Kubelets(KubernetesClient client, ManualClock clock) {
    this.client = client;
    this.clock = clock;
    informers = new Informers(client, clock.steady(), new Random(1));
    pods = informers.of(Pod.class);
  }

  void addNode(String name) {
    client.resource(node(name)).create();
    client
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("kube-node-lease")
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(name)
                .withLeaseDurationSeconds(40)
                .withRenewTime(clock.instant().atZone(ZoneOffset.UTC))
                .endSpec()
                .build())
        .create();
    alive.add(name);
    heartbeat();
  }

  private static Node node(String name) {
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("kubernetes.io/hostname", name)
        .endMetadata()
        .build();
  }

  void cutOff(String name) {
    alive.remove(name);
  }

  void reconnect(String name) {
    alive.add(name);
  }

  /// What each node that is alive does every few seconds.
  void heartbeat() {
    for (String name : alive) {
      var lease = client.leases().inNamespace("kube-node-lease").withName(name).get();
      lease.getSpec().setRenewTime(clock.instant().atZone(ZoneOffset.UTC));
      client.resource(lease).update();
      var node = client.nodes().withName(name).get();
      var status = node.getStatus();
      boolean ready =
          status != null
              && status.getConditions().stream()
                  .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
      if (!ready) {
        client.resource(wellBeing(node)).updateStatus();
      }
    }
  }

  private Node wellBeing(Node node) {
    String now = Timestamps.seconds(clock.instant());
    return new NodeBuilder(node)
        .editOrNewStatus()
        .withCapacity(amounts())
        .withAllocatable(amounts())
        .withConditions(
            new NodeConditionBuilder()
                .withType("Ready")
                .withStatus("True")
                .withReason("KubeletReady")
                .withLastHeartbeatTime(now)
                .withLastTransitionTime(now)
                .build())
        .endStatus()
        .build();
  }

  private static Map<String, Quantity> amounts() {
    return Map.of(
        "cpu", new Quantity("4"), "memory", new Quantity("8Gi"), "pods", new Quantity("110"));
  }

  /// One piece of work, if there is any.
  boolean step() {
    if (informers.step()) {
      return true;
    }
    for (Pod pod : pods.list()) {
      if (Pods.isScheduled(pod) && alive.contains(pod.getSpec().getNodeName()) && act(pod)) {
        return true;
      }
    }
    return false;
  }

  private boolean act(Pod pod) {
    if (Pods.isTerminating(pod)) {
      // A pod that a finalizer holds is ended once; the cache shows when it is really gone.
      return ended.add(pod.getMetadata().getUid()) && end(pod);
    }
    if (Pods.isPending(pod) && started.add(pod.getMetadata().getUid())) {
      var now = Timestamps.seconds(clock.instant());
      var ip = "10.1.0." + (++addresses);
      client
          .resource(pod)
          .subresource("status")
          .patch(
              STRATEGIC,
              """
              {"status": {"phase": "Running", "podIP": "%s", "podIPs": [{"ip": "%s"}], "conditions":
              [{"type": "Ready", "status": "True", "lastTransitionTime": "%s"}]}}
              """
                  .formatted(ip, ip, now));
      return true;
    }
    return false;
  }

  private boolean end(Pod pod) {
    var options =
        new DeleteOptionsBuilder()
            .withApiVersion("v1")
            .withKind("DeleteOptions")
            .withGracePeriodSeconds(0L)
            .withNewPreconditions()
            .withUid(pod.getMetadata().getUid())
            .endPreconditions()
            .build();
    client.raw(
        "/api/v1/namespaces/%s/pods/%s"
            .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName()),
        "DELETE",
        options);
    return true;
  }
}
