package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.kube.Pods;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The set's pods, put in their places: one slot per wanted ordinal, empty where there is no pod;
/// and the condemned, whose ordinals are not wanted, descending.
record Slots(
    SetSpec spec,
    NavigableMap<Integer, Pod> byOrdinal,
    List<Pod> condemned,
    @Nullable Pod firstUnavailable) {

  record Slot(int ordinal, @Nullable Pod pod) {}

  static Slots of(Observed seen) {
    var spec = seen.spec();
    var byOrdinal = new TreeMap<Integer, Pod>();
    var condemned = new ArrayList<Pod>();
    for (var pod : seen.pods()) {
      int ordinal = PodIdentity.ordinal(spec, pod);
      if (spec.wants(ordinal)) byOrdinal.put(ordinal, pod);
      else if (ordinal >= 0) condemned.add(pod);
    }
    condemned.sort(Comparator.comparingInt((Pod pod) -> PodIdentity.ordinal(spec, pod)).reversed());
    return new Slots(spec, byOrdinal, condemned, firstUnavailable(byOrdinal, condemned, seen));
  }

  /// The wanted slots that one pass looks at, ascending: all that have a pod, and the lowest of the
  /// empty ones, as many as [SetSpec#madeAtOnce]. A set may ask for more pods than there is memory.
  List<Slot> lookedAt() {
    var slots = new ArrayList<Slot>();
    int empty = spec.madeAtOnce();
    long ordinal = spec.start();
    for (; spec.wants(ordinal); ordinal++) {
      var slot = new Slot((int) ordinal, byOrdinal.get((int) ordinal));
      if (slot.pod == null && empty-- == 0) break;
      slots.add(slot);
    }
    if (spec.wants(ordinal)) {
      byOrdinal.tailMap((int) ordinal).forEach((at, pod) -> slots.add(new Slot(at, pod)));
    }
    return slots;
  }

  /// The wanted pods that exist, ascending.
  Collection<Pod> inRange() {
    return byOrdinal.values();
  }

  /// All pods that exist.
  List<Pod> pods() {
    var pods = new ArrayList<>(inRange());
    pods.addAll(condemned);
    return pods;
  }

  /// Missing, ending, not ready, or not for long enough.
  static boolean isUnavailable(@Nullable Pod pod, Observed seen) {
    return pod == null
        || Pods.isTerminating(pod)
        || !PodCounts.isAvailable(pod, seen.spec(), seen.now());
  }

  /// The lowest wanted pod that is unavailable, else the lowest condemned one. A missing pod is
  /// none: no pod can be it.
  private static @Nullable Pod firstUnavailable(
      NavigableMap<Integer, Pod> byOrdinal, List<Pod> condemned, Observed seen) {
    long ordinal = seen.spec().start();
    for (; seen.spec().wants(ordinal); ordinal++) {
      var pod = byOrdinal.get((int) ordinal);
      if (isUnavailable(pod, seen)) return pod;
    }
    for (var pod : condemned.reversed()) if (isUnavailable(pod, seen)) return pod;
    return null;
  }
}
