package io.ordinal.controllers.nodes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.kube.Conditions;
import io.ordinal.kube.Events;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.Pods;
import io.ordinal.kube.Timestamps;
import io.ordinal.kube.WorkQueue;
import io.ordinal.kube.Writer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Marks nodes that have fallen silent, and their pods as not ready, and takes it back when they
/// are heard of again.
public final class NodeLifecycle {
  static final String BY_NODE = "node";
  private static final String LEASES = "kube-node-lease";

  private final Writer writer;
  private final Events events;
  private final Clock wall;
  private final Clock steady;
  private final Informer<Node> nodes;
  private final Informer<Lease> leases;
  private final Informer<Pod> pods;
  private final WorkQueue<ObjectKey> queue;
  private final Heartbeats heartbeats = new Heartbeats();

  /// Adds the controller to the context's.
  public NodeLifecycle(ControllerContext context) {
    var client = context.client("node-controller");
    writer = new Writer(client);
    events = context.events("node-controller", client);
    wall = context.wall();
    steady = context.steady();
    nodes = context.informer(Node.class);
    leases = context.informer(Lease.class);
    pods = context.informer(Pod.class);
    pods.addIndex(BY_NODE, NodeLifecycle::nodeOf);
    queue = context.controller("node-lifecycle", this::reconcile, 1);
    nodes.onChange(this::nodeChanged);
    leases.onChange((_, after) -> {
      if (after != null && LEASES.equals(after.getMetadata().getNamespace())) {
        see(after.getMetadata().getName());
      }
    });
  }

  static List<String> nodeOf(Pod pod) {
    return Pods.isScheduled(pod) ? List.of(pod.getSpec().getNodeName()) : List.of();
  }

  private void nodeChanged(@Nullable Node before, @Nullable Node after) {
    if (after == null) {
      heartbeats.forget(Objects.requireNonNull(before).getMetadata().getName());
    } else {
      see(after.getMetadata().getName());
    }
    if (before != null
        && after != null
        && Conditions.isTrue(before, "Ready") == Conditions.isTrue(after, "Ready")) {
      queue.add(ObjectKey.of(after));
    } else {
      // Whether somebody is evicted from a node depends on whether there are others.
      nodes.list().forEach(n -> queue.add(ObjectKey.of(n)));
    }
  }

  /// A node is heard of through its lease, or through the status that it posts.
  private void see(String name) {
    String renewed =
        leases
            .get(new ObjectKey(LEASES, name))
            .map(l -> String.valueOf(l.getSpec().getRenewTime()))
            .orElse("");
    String posted =
        nodes
            .get(new ObjectKey("", name))
            .flatMap(n -> Conditions.find(n, "Ready"))
            .filter(c -> !"Unknown".equals(c.getStatus()))
            .map(NodeCondition::getLastHeartbeatTime)
            .orElse("");
    heartbeats.see(name, renewed + " " + posted, steady.instant());
  }

  private Outcome reconcile(ObjectKey key) {
    var found = nodes.get(key);
    if (found.isEmpty()) {
      return Outcome.DONE;
    }
    Node node = found.get();
    var now = steady.instant();
    see(key.name());
    var silence = heartbeats.silence(key.name(), now);
    var plan = NodePlan.of(node, silence, othersReady(key.name()), wall.instant());
    perform(node, plan);
    boolean silent = silence.compareTo(NodePlan.GRACE) > 0;
    if (silent) {
      pods.by(BY_NODE, key.name()).forEach(this::markNotReady);
    }
    var patience = silent ? NodePlan.GRACE : NodePlan.GRACE.minus(silence).plusMillis(1);
    return new Outcome.LookAgainAt(now.plus(patience));
  }

  private boolean othersReady(String name) {
    return nodes.list().stream()
        .filter(n -> !n.getMetadata().getName().equals(name))
        .anyMatch(n -> Conditions.isTrue(n, "Ready"));
  }

  private void perform(Node node, NodePlan plan) {
    if (!plan.conditions().isEmpty()) {
      writer.mergeStatus(node, Map.of("conditions", plan.conditions()));
    }
    if (plan.fellSilent()) {
      String name = node.getMetadata().getName();
      events.normal(node, "NodeNotReady", "Node %s status is now: NodeNotReady".formatted(name));
    }
    plan.taints()
        .ifPresent(taints -> {
          // Conditions and taints are two writes: the second is decided on the version that
          // the first has made when the informer has seen it.
          if (plan.conditions().isEmpty()) {
            writer.merge(node, Map.of("spec", Map.of("taints", taints)));
          }
        });
  }

  private void markNotReady(Pod pod) {
    if (!Pods.isReady(pod) || Pods.isTerminal(pod)) {
      return;
    }
    writer.mergeStatus(
        pod,
        Map.of(
            "conditions",
            List.of(
                Map.of(
                    "type",
                    "Ready",
                    "status",
                    "False",
                    "lastTransitionTime",
                    Timestamps.seconds(wall.instant())))));
    events.warning(pod, "NodeNotReady", "Node is not ready");
  }
}
