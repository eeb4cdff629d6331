package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetFluent;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.ordinal.controllers.statefulset.StatefulSetReconciler.Clocks;
import io.ordinal.controllers.statefulset.history.RevisionChoice;
import io.ordinal.kube.Consistency;
import io.ordinal.kube.Controller;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.WorkQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A StatefulSet controller in a world of values: the real reconciler, queue, caches and
/// read-your-writes, with [World] for the API server, [Node] for the nodes, and a clock that is
/// turned.
final class SetWorld {
  final TurnedClock clock = new TurnedClock();
  final Caches caches =
      new Caches(
          new Informer<>(StatefulSet.class),
          new Informer<>(Pod.class),
          new Informer<>(PersistentVolumeClaim.class),
          new Informer<>(ControllerRevision.class));
  final World world = new World(clock, caches);
  final Node node = new Node(world, clock);
  final WorkQueue<ObjectKey> queue = new WorkQueue<>(clock);
  final List<String> events = new ArrayList<>();
  final List<String> failures = new ArrayList<>();
  final Controller controller;
  private final Routing routing = new Routing(caches.sets());
  private final StatefulSetReconciler reconciler;
  private Runnable afterEachStep = () -> {};

  SetWorld() {
    reconciler =
        new StatefulSetReconciler(
            caches,
            world,
            (_, type, reason, message) -> events.add(type + " " + reason + ": " + message),
            new Consistency(queue::add),
            new Clocks(clock, clock),
            new SlowStart(Runnable::run));
    controller = new Controller("statefulset", this::reconcile, queue, 1);
    caches.sets().onChange((_, after) -> lookAt(after));
    caches.pods().onChange((before, after) -> routing.changed(before, after).forEach(queue::add));
    caches
        .claims()
        .onChange((before, after) -> {
          if (before != null && after == null) routing.gone(before).forEach(queue::add);
        });
  }

  private io.ordinal.kube.Outcome reconcile(ObjectKey key) throws InterruptedException {
    try {
      return reconciler.reconcile(key);
    } catch (RuntimeException e) {
      failures.add(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void lookAt(@org.jspecify.annotations.Nullable StatefulSet set) {
    if (set != null) queue.add(ObjectKey.of(set));
  }

  void afterEachStep(Runnable check) {
    afterEachStep = check;
  }

  void afterEachStep() {
    afterEachStep.run();
  }

  StatefulSet create(StatefulSet set) {
    return world.put(set);
  }

  StatefulSet set(String name) {
    return world.get(StatefulSet.class, name).orElseThrow();
  }

  StatefulSet set() {
    return world.all(StatefulSet.class).getFirst();
  }

  StatefulSetStatus status() {
    return set().getStatus();
  }

  /// Edits the one set's spec.
  void editSpec(
      Consumer<StatefulSetFluent<StatefulSetBuilder>.SpecNested<StatefulSetBuilder>> change) {
    world.edit(
        set(),
        live -> {
          var builder = new StatefulSetBuilder(live);
          var spec = builder.editSpec();
          change.accept(spec);
          return spec.endSpec().build();
        });
  }

  void scale(int replicas) {
    editSpec(spec -> spec.withReplicas(replicas));
  }

  void image(String image) {
    world.edit(set(), live -> Sets.withImage(live, image));
  }

  List<Pod> pods() {
    return world.all(Pod.class).stream().sorted(Comparator.comparingInt(Sets::ordinal)).toList();
  }

  String podNames() {
    return pods().stream().map(p -> p.getMetadata().getName()).collect(Collectors.joining(" "));
  }

  Pod pod(int ordinal) {
    return world.pod(set().getMetadata().getName() + "-" + ordinal).orElseThrow();
  }

  List<ControllerRevision> revisions() {
    return world.all(ControllerRevision.class).stream().sorted(RevisionChoice.BY_NUMBER).toList();
  }

  /// All caches hear of all changes, and the controller looks at what is due: until both are done.
  void sync() {
    for (int i = 0; i < 10_000; i++) {
      boolean worked = world.deliver() || controller.step();
      afterEachStep.run();
      if (!worked) return;
    }
    throw new AssertionError(
        "never quiet; events: " + events.reversed().stream().limit(20).toList());
  }

  /// One pass of the controller, if one is due, with caches that know everything.
  void pass() {
    while (world.deliver()) afterEachStep.run();
    controller.step();
    afterEachStep.run();
  }

  /// Everybody works until nobody has anything left to do; what is to be looked at again within
  /// `patience` is waited for.
  void settle(Duration patience) {
    var until = clock.instant().plus(patience);
    for (int i = 0; i < 100_000; i++) {
      sync();
      if (nodesWork() || world.collectOne()) continue;
      var due = queue.nextDue();
      if (due.isEmpty() || due.get().isAfter(until)) return;
      clock.turnTo(due.get());
    }
    throw new AssertionError("never settles: " + podNames() + " " + status());
  }

  void settle() {
    settle(Duration.ofMinutes(1));
  }

  boolean nodesWork() {
    boolean worked = false;
    for (var pod : pods()) worked |= node.step(pod);
    if (worked) clock.turn(Duration.ofSeconds(1));
    return worked;
  }
}
