package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.controllers.statefulset.StatefulSetReconciler.Clocks;
import io.ordinal.controllers.write.ClientObjectApi;
import io.ordinal.kube.Consistency;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.WorkQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The StatefulSet controller: hears of changes, and has the sets looked at that they concern.
public final class StatefulSets {
  private static final String NAME = "statefulset-controller";
  private static final int WORKERS = 5;

  private final WorkQueue<ObjectKey> queue;
  private final Routing routing;
  private final StatefulSetReconciler reconciler;

  /// Adds the controller to the context's. `executor` runs what a `Parallel` set does at the same
  /// time: a virtual thread each, or `Runnable::run` in a simulation.
  public StatefulSets(ControllerContext context, Executor executor) {
    var caches =
        new Caches(
            context.informer(StatefulSet.class),
            context.informer(Pod.class),
            context.informer(PersistentVolumeClaim.class),
            context.informer(ControllerRevision.class));
    var client = context.client(NAME);
    queue = context.controller("statefulset", this::reconcile, WORKERS);
    routing = new Routing(caches.sets());
    reconciler =
        new StatefulSetReconciler(
            caches,
            new ClientObjectApi(client),
            context.events(NAME, client),
            new Consistency(queue::add),
            new Clocks(context.wall(), context.steady()),
            new SlowStart(executor));
    caches.sets().onChange(this::setChanged);
    caches.pods().onChange(this::podChanged);
    caches.claims().onChange(this::claimChanged);
  }

  /// What was last seen of the sets, for those who watch them.
  public SetReadings readings() {
    return reconciler.readings();
  }

  private Outcome reconcile(ObjectKey key) throws InterruptedException {
    return reconciler.reconcile(key);
  }

  private void setChanged(@Nullable StatefulSet before, @Nullable StatefulSet after) {
    var set = after == null ? before : after;
    if (set != null) queue.add(ObjectKey.of(set));
  }

  private void podChanged(@Nullable Pod before, @Nullable Pod after) {
    routing.changed(before, after).forEach(queue::add);
  }

  private void claimChanged(
      @Nullable PersistentVolumeClaim before, @Nullable PersistentVolumeClaim after) {
    if (before != null && after == null) routing.gone(before).forEach(queue::add);
  }
}
