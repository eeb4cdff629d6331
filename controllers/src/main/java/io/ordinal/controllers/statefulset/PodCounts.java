package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.kube.Pods;
import java.time.Instant;

/// How many pods there are of which sort.
///
/// @param ready running and ready; a pod that is ending still counts
/// @param available ready for at least `minReadySeconds`
/// @param current of the current revision and not ending
/// @param updated of the update revision and not ending
record PodCounts(int replicas, int ready, int available, int current, int updated) {

  static PodCounts of(Iterable<Pod> pods, Observed seen) {
    int replicas = 0;
    int ready = 0;
    int available = 0;
    int current = 0;
    int updated = 0;
    for (var pod : pods) {
      if (!Pods.isCreated(pod)) continue;
      replicas++;
      if (Pods.isRunningAndReady(pod)) {
        ready++;
        if (isAvailable(pod, seen.spec(), seen.now())) available++;
      }
      if (Pods.isTerminating(pod)) continue;
      var revision = PodIdentity.revision(pod);
      if (revision.equals(seen.revisions().current().name())) current++;
      if (revision.equals(seen.revisions().update().name())) updated++;
    }
    return new PodCounts(replicas, ready, available, current, updated);
  }

  static boolean isAvailable(Pod pod, SetSpec spec, Instant now) {
    return Pods.isRunning(pod) && Pods.isAvailable(pod, spec.minReady(), now);
  }

  PodCounts oneCurrentLess() {
    return new PodCounts(replicas, ready, available, Math.max(0, current - 1), updated);
  }

  PodCounts allCurrent() {
    return new PodCounts(replicas, ready, available, updated, updated);
  }
}
