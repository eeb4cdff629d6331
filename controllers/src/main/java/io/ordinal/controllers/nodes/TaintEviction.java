package io.ordinal.controllers.nodes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.kube.Events;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.Pods;
import io.ordinal.kube.Taints;
import io.ordinal.kube.WorkQueue;
import io.ordinal.kube.Writer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Evicts pods from nodes whose NoExecute taints they do not bear, or no longer.
///
/// How long a taint has been there is counted from when it was seen here: after a restart pods get
/// their whole time again.
public final class TaintEviction {
  private final Writer writer;
  private final Events events;
  private final Clock wall;
  private final Clock steady;
  private final Informer<Node> nodes;
  private final Informer<Pod> pods;
  private final WorkQueue<ObjectKey> queue;
  private final Map<String, Instant> taintedSince = new ConcurrentHashMap<>();

  /// Adds the controller to the context's.
  public TaintEviction(ControllerContext context) {
    var client = context.client("node-controller");
    writer = new Writer(client);
    events = context.events("taint-eviction-controller", client);
    wall = context.wall();
    steady = context.steady();
    nodes = context.informer(Node.class);
    pods = context.informer(Pod.class);
    pods.addIndex(NodeLifecycle.BY_NODE, NodeLifecycle::nodeOf);
    queue = context.controller("taint-eviction", this::reconcile, 4);
    nodes.onChange(this::nodeChanged);
    pods.onChange(this::podChanged);
  }

  private static List<Taint> evicting(@Nullable Node node) {
    return node == null
        ? List.of()
        : node.getSpec().getTaints().stream()
            .filter(t -> Taints.NO_EXECUTE.equals(t.getEffect()))
            .toList();
  }

  private void nodeChanged(@Nullable Node before, @Nullable Node after) {
    List<Taint> now = evicting(after);
    Node node = after == null ? before : after;
    if (node == null || (before != null && evicting(before).equals(now))) {
      return;
    }
    String name = node.getMetadata().getName();
    if (now.isEmpty()) {
      taintedSince.remove(name);
      return;
    }
    taintedSince.putIfAbsent(name, steady.instant());
    pods.by(NodeLifecycle.BY_NODE, name).forEach(p -> queue.add(ObjectKey.of(p)));
  }

  private void podChanged(@Nullable Pod before, @Nullable Pod after) {
    if (after != null
        && Pods.isScheduled(after)
        && taintedSince.containsKey(after.getSpec().getNodeName())) {
      queue.add(ObjectKey.of(after));
    }
  }

  private Outcome reconcile(ObjectKey key) {
    var pod = pods.get(key).filter(p -> Pods.isScheduled(p) && !Pods.isTerminating(p));
    if (pod.isEmpty() || Pods.isTerminal(pod.get())) {
      return Outcome.DONE;
    }
    String node = pod.get().getSpec().getNodeName();
    var since = taintedSince.get(node);
    var taints = nodes.get(new ObjectKey("", node)).map(TaintEviction::evicting).orElse(List.of());
    if (since == null || taints.isEmpty()) {
      return Outcome.DONE;
    }
    return switch (EvictionPlan.of(pod.get(), taints)) {
      case EvictionPlan.Stays _ -> Outcome.DONE;
      case EvictionPlan.GoesAfter(var bearing) -> {
        Instant due = since.plus(bearing);
        if (due.isAfter(steady.instant())) {
          yield new Outcome.LookAgainAt(due);
        }
        evict(pod.get());
        yield Outcome.DONE;
      }
    };
  }

  private void evict(Pod pod) {
    events.normal(pod, "TaintManagerEviction", "Marking for deletion Pod " + ObjectKey.of(pod));
    writer.mergeStatus(
        pod,
        Map.of(
            "conditions",
            List.of(
                Disruptions.target(
                    "DeletionByTaintManager",
                    "Taint manager: deleting due to NoExecute taint",
                    wall.instant()))));
    writer.delete(pod);
  }
}
