package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.controllers.statefulset.Plan.Action;
import io.ordinal.controllers.statefulset.Plan.Stage;
import io.ordinal.controllers.statefulset.Plan.Task;
import io.ordinal.controllers.statefulset.Plan.Why;
import io.ordinal.kube.Pods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides what is to be done for a StatefulSet, from what was seen of it and nothing else.
///
/// One pass goes through these phases; an ordered set (`OrderedReady`) does one thing and waits, a
/// `Parallel` one does everything of a phase and goes on:
///
/// 1. each wanted pod, ascending: made if it is missing, replaced if it has ended, repaired if its
///    identity is not right ([ReplicaPlanner]);
/// 2. claims of pods that are not wanted get the owners that the retention policy says
///    ([ClaimRetention]);
/// 3. pods that are not wanted, descending, are removed;
/// 4. pods of an old revision are replaced, descending ([RollingUpdate]).
final class StatefulSetPlanner {
  private final Observed seen;
  private final SetSpec spec;
  private final Slots slots;

  /// None for a set whose user replaces the pods.
  private final Optional<Plan.Availability> availability;

  private final List<Stage> stages = new ArrayList<>();

  private StatefulSetPlanner(Observed seen) {
    this.seen = seen;
    this.spec = seen.spec();
    this.slots = Slots.of(seen);
    this.availability = RollingUpdate.of(spec).map(rolling -> rolling.availability(seen, slots));
  }

  static Plan plan(Observed seen) {
    return new StatefulSetPlanner(seen).plan();
  }

  private Plan plan() {
    // Whoever deleted the set has its pods collected; here only the status is kept true.
    if (spec.isTerminating()) return planWaitingFor(Optional.empty());
    var wait = makeWanted();
    if (wait.isPresent()) return planWaitingFor(wait);
    ownCondemnedClaims();
    wait = removeCondemned();
    if (wait.isPresent()) return planWaitingFor(wait);
    availability.ifPresent(it -> add(false, RollingUpdate.decide(seen, slots, it)));
    return planWaitingFor(Optional.empty());
  }

  private Optional<String> makeWanted() {
    var replicas = new ReplicaPlanner(seen);
    var tasks = new ArrayList<Task>();
    var wait = Optional.<String>empty();
    for (var slot : slots.lookedAt()) {
      var decision = replicas.decide(slot);
      if (!decision.actions().isEmpty()) {
        tasks.add(new Task(replicas.podName(slot), decision.actions()));
      }
      wait = decision.waitsFor().filter(_ -> spec.ordered());
      if (wait.isPresent()) break;
    }
    add(!spec.ordered(), tasks);
    return wait;
  }

  private void ownCondemnedClaims() {
    var replicas = new ReplicaPlanner(seen);
    var tasks = new ArrayList<Task>();
    for (var pod : slots.condemned()) {
      var actions = replicas.ownClaims(pod);
      if (!actions.isEmpty()) tasks.add(new Task(pod.getMetadata().getName(), actions));
    }
    add(false, tasks);
  }

  private Optional<String> removeCondemned() {
    var tasks = new ArrayList<Task>();
    var wait = Optional.<String>empty();
    for (var pod : slots.condemned()) {
      wait = spec.ordered() ? reasonToWaitWith(pod) : Optional.empty();
      if (wait.isPresent()) break;
      if (Pods.isTerminating(pod)) continue;
      tasks.add(delete(pod, new Why.NotWanted()));
      if (spec.ordered()) {
        wait = Optional.of("Pod " + pod.getMetadata().getName() + " to be gone");
        break;
      }
    }
    add(!spec.ordered(), tasks);
    return wait;
  }

  /// An ordered set removes the highest pod only while all others are well, or if it is itself the
  /// one that is not.
  private Optional<String> reasonToWaitWith(Pod pod) {
    var name = pod.getMetadata().getName();
    if (Pods.isTerminating(pod)) return Optional.of("Pod " + name + " to be gone");
    boolean removable =
        PodCounts.isAvailable(pod, spec, seen.now()) || pod.equals(slots.firstUnavailable());
    return removable ? Optional.empty() : Optional.of("Pod " + name + " to become available");
  }

  static Task delete(Pod pod, Why why) {
    return new Task(pod.getMetadata().getName(), List.of(new Action.DeletePod(pod, why)));
  }

  private void add(boolean together, List<Task> tasks) {
    if (!tasks.isEmpty()) stages.add(new Stage(together, List.copyOf(tasks)));
  }

  private Plan planWaitingFor(Optional<String> waitsFor) {
    return new Plan(List.copyOf(stages), status(), availability, waitsFor, lookAgain());
  }

  /// Of the pods as they were seen: what the plan makes has no phase yet and does not count.
  private SetStatus status() {
    var revisions = seen.revisions();
    var generation = spec.set().getMetadata().getGeneration();
    return new SetStatus(
        generation == null ? 0 : generation,
        PodCounts.of(slots.pods(), seen),
        revisions.current().name(),
        revisions.update().name(),
        revisions.collisionCount());
  }

  /// The earliest moment at which a ready pod becomes an available one.
  private Optional<Instant> lookAgain() {
    if (spec.minReady().isZero()) return Optional.empty();
    return slots.pods().stream()
        .filter(pod -> Pods.isRunning(pod) && !PodCounts.isAvailable(pod, spec, seen.now()))
        .flatMap(pod -> Pods.readySince(pod).stream())
        .map(since -> since.plus(spec.minReady()))
        .min(Instant::compareTo);
  }
}
