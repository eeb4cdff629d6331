package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.ordinal.controllers.write.ObjectApi;
import io.ordinal.kube.Cached;
import io.ordinal.kube.Consistency;
import io.ordinal.kube.EventRecorder;
import io.ordinal.kube.LabelSelectors;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.Reconciler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at a StatefulSet and brings its pods and claims nearer to what it asks for. Each look
/// stands for itself: everything is derived from what the API server has, and names are such that
/// doing a thing twice does it once.
final class StatefulSetReconciler implements Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(StatefulSetReconciler.class);

  /// Times that objects carry are measured against the wall, pauses by the steady clock.
  record Clocks(Clock wall, Clock steady) {}

  private final Caches caches;
  private final ObjectApi api;
  private final EventRecorder events;
  private final Consistency consistency;
  private final Clocks clocks;
  private final SlowStart slowStart;
  private final Templates templates = new Templates();
  private final SetReadings readings = new SetReadings();

  StatefulSetReconciler(
      Caches caches,
      ObjectApi api,
      EventRecorder events,
      Consistency consistency,
      Clocks clocks,
      SlowStart slowStart) {
    this.caches = caches;
    this.api = api;
    this.events = events;
    this.consistency = consistency;
    this.clocks = clocks;
    this.slowStart = slowStart;
    caches.all().forEach(consistency::follow);
  }

  SetReadings readings() {
    return readings;
  }

  @Override
  public Outcome reconcile(ObjectKey key) throws InterruptedException {
    // The caches do not show yet what the last pass did; the set comes back when they do.
    if (!consistency.caughtUp(key)) return Outcome.DONE;
    var set = caches.sets().cached(key);
    if (set.isPresent()) return reconcile(key, set.get());
    consistency.forget(key);
    readings.forget(key);
    return Outcome.DONE;
  }

  private Outcome reconcile(ObjectKey key, Cached<StatefulSet> set) throws InterruptedException {
    var selector = set.object().getSpec().getSelector();
    if (selector == null || LabelSelectors.isEmpty(selector)) {
      LOG.warn("StatefulSet {} selects everything or nothing, it is left alone", key);
      return Outcome.DONE;
    }
    var remembering = new RememberingApi(api, caches, consistency, key);
    var pass = new SetPass(set, caches, remembering, templates, clocks.wall.instant());
    var again = pass.run(new SetEvents(events, set.object()), slowStart, readings);
    return again.<Outcome>map(this::lookAgain).orElse(Outcome.DONE);
  }

  private Outcome lookAgain(Instant wall) {
    var left = Duration.between(clocks.wall.instant(), wall);
    return new Outcome.LookAgainAt(clocks.steady.instant().plus(left));
  }
}
