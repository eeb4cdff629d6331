package io.ordinal.controllers.scheduler;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.controllers.scheduler.Rejection.Cure;
import io.ordinal.controllers.volume.Claims;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides, pod by pod, which node each gets; the [Binder] makes it so. A pod without a place waits
/// until something changes that may help it: nothing is tried again by the clock.
///
/// Nothing here needs to survive a restart: promises not yet kept are decided anew, and a claim
/// that was given to a node keeps its pod there.
public final class Scheduler {
  public static final String NAME = "default-scheduler";
  private static final String BY_CLAIM = "claim";
  private static final int BINDERS = 16;

  private final Informer<Pod> pods;
  private final Informer<Namespace> namespaces;
  private final Storage storage;
  private final Writer writer;
  private final Events events;
  private final Clock wall;
  private final RandomGenerator random;
  private final ClusterView view;
  private final WorkQueue<ObjectKey> queue;
  private final WorkQueue<ObjectKey> binding;

  /// Adds the scheduler to the context's controllers.
  public Scheduler(ControllerContext context) {
    KubernetesClient client = context.client("kube-scheduler");
    pods = context.informer(Pod.class);
    namespaces = context.informer(Namespace.class);
    storage = new InformerStorage(context);
    writer = new Writer(client);
    events = context.events(NAME, client);
    wall = context.wall();
    random = context.random();
    queue = context.controller("scheduler", this::reconcile, 1);
    view = new ClusterView(queue::add, context.steady());
    Binder binder = new Binder(pods, storage, view, writer, events, queue::add);
    binding = context.controller("binder", key -> binder.reconcile(key, context.steady()), BINDERS);
    listen(context);
  }

  private void listen(ControllerContext context) {
    context.informer(Node.class).onChange(view::nodeChanged);
    pods.addIndex(BY_CLAIM, Scheduler::claimsOf);
    pods.onChange(this::podChanged);
    context.informer(PersistentVolumeClaim.class).onChange(this::claimChanged);
    context.informer(PersistentVolume.class).onChange((_, _) -> view.wake(Cure.VOLUMES));
    context.informer(StorageClass.class).onChange((_, _) -> view.wake(Cure.VOLUMES));
  }

  /// Only of pods that still wait for a node: the others need no waking.
  private static List<String> claimsOf(Pod pod) {
    return Pods.isScheduled(pod)
        ? List.of()
        : Claims.usedBy(pod)
            .map(name -> new ObjectKey(pod.getMetadata().getNamespace(), name).toString())
            .toList();
  }

  private void podChanged(@Nullable Pod before, @Nullable Pod after) {
    view.podChanged(before, after);
    if (after == null && before != null) {
      queue.add(ObjectKey.of(before));
    } else if (after != null && !Pods.isScheduled(after)) {
      queue.add(ObjectKey.of(after));
    }
  }

  private void claimChanged(
      @Nullable PersistentVolumeClaim before, @Nullable PersistentVolumeClaim after) {
    PersistentVolumeClaim claim = after == null ? before : after;
    if (claim == null) {
      return;
    }
    for (Pod pod : pods.by(BY_CLAIM, ObjectKey.of(claim).toString())) {
      queue.add(ObjectKey.of(pod));
    }
  }

  /// Several looks at a pod that has a place already do no harm: the binder is told again.
  private Outcome reconcile(ObjectKey key) {
    var found = pods.get(key);
    if (found.isEmpty() || !waitsForPlace(found.get())) {
      view.forgetUnbound(key);
      return Outcome.DONE;
    }
    Needs pod = Needs.of(found.get());
    var reservation = view.reservation(key);
    if (reservation.filter(r -> r.pod().uid().equals(pod.uid())).isPresent()) {
      binding.add(key);
      return Outcome.DONE;
    }
    switch (view.place(key, pod, new ClusterView.Rules(storage, this::labels, random))) {
      case Decision.Place _ -> binding.add(key);
      case Decision.Nowhere(String message, _) -> tell(found.get(), message);
    }
    return Outcome.DONE;
  }

  private static boolean waitsForPlace(Pod pod) {
    return !Pods.isScheduled(pod)
        && !Pods.isTerminal(pod)
        && !Pods.isTerminating(pod)
        && pod.getSpec().getSchedulingGates().isEmpty()
        && NAME.equals(Objects.requireNonNullElse(pod.getSpec().getSchedulerName(), NAME));
  }

  private Map<String, String> labels(String namespace) {
    return namespaces
        .get(new ObjectKey("", namespace))
        .map(n -> n.getMetadata().getLabels())
        .orElse(Map.of());
  }

  private void tell(Pod pod, String message) {
    events.warning(pod, "FailedScheduling", message);
    var known = Conditions.find(pod, "PodScheduled");
    if (known
        .filter(c -> "False".equals(c.getStatus()))
        .filter(c -> "Unschedulable".equals(c.getReason()))
        .filter(c -> message.equals(c.getMessage()))
        .isPresent()) {
      return;
    }
    boolean turned = known.filter(c -> "False".equals(c.getStatus())).isEmpty();
    Map<String, Object> condition = new HashMap<>();
    condition.put("type", "PodScheduled");
    condition.put("status", "False");
    condition.put("reason", "Unschedulable");
    condition.put("message", message);
    if (turned) {
      condition.put("lastTransitionTime", Timestamps.seconds(wall.instant()));
    }
    if (pod.getMetadata().getGeneration() != null) {
      condition.put("observedGeneration", pod.getMetadata().getGeneration());
    }
    writer.mergeStatus(pod, Map.of("conditions", List.of(condition)));
  }
}
