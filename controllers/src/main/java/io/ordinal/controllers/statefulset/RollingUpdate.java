package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.controllers.statefulset.Plan.Availability;
import io.ordinal.controllers.statefulset.Plan.Task;
import io.ordinal.controllers.statefulset.Plan.Why;
import io.ordinal.controllers.statefulset.SetSpec.Update;
import io.ordinal.kube.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Replaces pods of an old revision, from the highest ordinal down to the partition, never more
/// than `maxUnavailable` at a time (KEP-961). They are deleted here and made again, of the new
/// revision, in a later pass.
///
/// Pods that are unavailable for whatever reason use up what may be unavailable. `Parallel` makes
/// one exception: an outdated pod that is unavailable is replaced at once, since nothing is lost by
/// it; without that, a broken revision could never be left again (kubernetes/kubernetes 137409,
/// 137666).
record RollingUpdate(SetSpec spec, Optional<IntOrString> limit) {

  /// None for a set whose user replaces the pods.
  static Optional<RollingUpdate> of(SetSpec spec) {
    return switch (spec.update()) {
      case Update.OnDelete _ -> Optional.empty();
      case Update.Rolling(_, var limit) -> Optional.of(new RollingUpdate(spec, limit));
    };
  }

  /// Counted by the pods that exist: there may be far more ordinals.
  Availability availability(Observed seen, Slots slots) {
    int unavailable = spec.replicas();
    for (var pod : slots.inRange()) if (!Slots.isUnavailable(pod, seen)) unavailable--;
    return new Availability(unavailable, maxUnavailable());
  }

  static List<Task> decide(Observed seen, Slots slots, Availability availability) {
    var spec = seen.spec();
    int budget = availability.maxUnavailable() - availability.unavailable();
    var tasks = new ArrayList<Task>();
    for (var slot : slots.byOrdinal().descendingMap().entrySet()) {
      var pod = slot.getValue();
      if (slot.getKey() < spec.updatesFrom()) break;
      if (!isOutdated(pod, seen)) continue;
      if (!spec.ordered() && Slots.isUnavailable(pod, seen)) {
        tasks.add(StatefulSetPlanner.delete(pod, new Why.Outdated()));
      } else if (budget > 0) {
        tasks.add(StatefulSetPlanner.delete(pod, new Why.Outdated()));
        budget--;
      }
    }
    return tasks;
  }

  /// A percentage is of the wanted replicas, rounded down; at least one pod may always be
  /// unavailable.
  int maxUnavailable() {
    if (limit.isEmpty()) return 1;
    return Math.max(1, scaled(limit.get(), spec.replicas()));
  }

  private static int scaled(IntOrString limit, int replicas) {
    var number = limit.getIntVal();
    if (number != null) return number;
    var percentage = limit.getStrVal();
    if (percentage == null || !percentage.matches("[0-9]{1,9}%")) throw invalid(percentage);
    long percent = Long.parseLong(percentage.substring(0, percentage.length() - 1));
    return (int) (replicas * percent / 100);
  }

  private static IllegalArgumentException invalid(@Nullable String value) {
    return new IllegalArgumentException(
        "invalid value for maxUnavailable: " + value + ": it is neither a number nor a percentage");
  }

  private static boolean isOutdated(Pod pod, Observed seen) {
    return !Pods.isTerminating(pod)
        && !PodIdentity.revision(pod).equals(seen.revisions().update().name());
  }
}
