package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What one look at a StatefulSet has decided. A plan knows nothing of clients, clocks or threads:
/// it can be printed, compared and shown to a user.
///
/// @param stages what to do, one after the other; the first failure ends the pass
/// @param status what the set's status is, apart from the pods that the plan removes
/// @param waitsFor what an ordered set waits for before it goes on, in words
/// @param lookAgain when a pod will have been ready for long enough
record Plan(
    List<Stage> stages,
    SetStatus status,
    Optional<Availability> availability,
    Optional<String> waitsFor,
    Optional<Instant> lookAgain) {

  /// Tasks for several pods: in order, or together in batches that grow as long as all goes well.
  record Stage(boolean together, List<Task> tasks) {}

  /// What one pod needs, in order.
  record Task(String pod, List<Action> actions) {}

  /// How many pods are unavailable, and how many may be while a set is updated.
  record Availability(int unavailable, int maxUnavailable) {}

  sealed interface Action {
    record CreateClaim(PersistentVolumeClaim claim, String pod) implements Action {}

    /// The claim with the owners that the retention policy gives it.
    record OwnClaim(PersistentVolumeClaim claim) implements Action {}

    record CreatePod(Pod pod) implements Action {}

    /// The pod with its identity and volumes put right.
    record RepairPod(Pod pod) implements Action {}

    record DeletePod(Pod pod, Why why) implements Action {}

    /// A claim stands in the way of the pod; said to the user if it is not there yet, and tried
    /// again later.
    record Refuse(String pod, String problem, boolean creating) implements Action {}

    /// The retention policy does not count for a claim that somebody else manages.
    record WarnOfForeignOwner(PersistentVolumeClaim claim) implements Action {}
  }

  sealed interface Why {
    /// All its containers have ended for good.
    record Ended() implements Why {}

    /// Its ordinal is no longer wanted.
    record NotWanted() implements Why {}

    /// A rolling update has come to it.
    record Outdated() implements Why {}

    /// It is of a revision that nobody wants any more and never became ready, see [Unstick].
    record Stuck(String problem) implements Why {}
  }

  /// All actions in order, whichever stage they belong to.
  List<Action> actions() {
    return stages.stream()
        .flatMap(stage -> stage.tasks.stream())
        .flatMap(task -> task.actions.stream())
        .toList();
  }
}
