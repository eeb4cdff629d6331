package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.kube.Pods;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The set's pods, put in their places: one slot per wanted ordinal, ascending, empty where there
/// is no pod; and the condemned, whose ordinals are not wanted, descending.
record Slots(
    List<Slot> wanted,
    Collection<Pod> inRange,
    List<Pod> condemned,
    @Nullable Pod firstUnavailable) {

  record Slot(int ordinal, @Nullable Pod pod) {}

  /// Slots are made when they are looked at: a set may ask for more pods than there is memory.
  private static final class Wanted extends AbstractList<Slot> {
    private final SetSpec spec;
    private final Map<Integer, Pod> byOrdinal;

    private Wanted(SetSpec spec, Map<Integer, Pod> byOrdinal) {
      this.spec = spec;
      this.byOrdinal = byOrdinal;
    }

    @Override
    public Slot get(int index) {
      int ordinal = spec.start() + index;
      return new Slot(ordinal, byOrdinal.get(ordinal));
    }

    @Override
    public int size() {
      return spec.replicas();
    }
  }

  static Slots of(Observed seen) {
    var spec = seen.spec();
    var byOrdinal = new HashMap<Integer, Pod>();
    var condemned = new ArrayList<Pod>();
    for (var pod : seen.pods()) {
      int ordinal = PodIdentity.ordinal(spec, pod);
      if (spec.wants(ordinal)) byOrdinal.put(ordinal, pod);
      else if (ordinal >= 0) condemned.add(pod);
    }
    condemned.sort(Comparator.comparingInt((Pod pod) -> PodIdentity.ordinal(spec, pod)).reversed());
    var wanted = new Wanted(spec, byOrdinal);
    return new Slots(
        wanted, byOrdinal.values(), condemned, firstUnavailable(wanted, condemned, seen));
  }

  /// All pods that exist.
  List<Pod> pods() {
    var pods = new ArrayList<>(inRange);
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
      List<Slot> wanted, List<Pod> condemned, Observed seen) {
    for (var slot : wanted) if (isUnavailable(slot.pod, seen)) return slot.pod;
    for (var pod : condemned.reversed()) if (isUnavailable(pod, seen)) return pod;
    return null;
  }
}
