package io.ordinal.controllers.statefulset;

import io.ordinal.kube.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What was last seen of each set that is updated by its controller (KEP-961, metrics).
public final class SetReadings {
  private final Map<ObjectKey, SetReading> readings = new ConcurrentHashMap<>();

  /// How many pods of a set may be unavailable, and how many are.
  ///
  /// @param policy its podManagementPolicy
  public record SetReading(
      String namespace, String name, String policy, int maxUnavailable, int unavailable) {}

  /// A set that its user updates has no limit to show.
  void note(SetSpec spec, Optional<Plan.Availability> availability) {
    availability.ifPresentOrElse(
        seen -> readings.put(ObjectKey.of(spec.set()), reading(spec, seen)),
        () -> forget(ObjectKey.of(spec.set())));
  }

  private static SetReading reading(SetSpec spec, Plan.Availability seen) {
    return new SetReading(
        spec.namespace(),
        spec.name(),
        spec.ordered() ? "OrderedReady" : "Parallel",
        seen.maxUnavailable(),
        seen.unavailable());
  }

  void forget(ObjectKey set) {
    readings.remove(set);
  }

  /// All of them, in no order.
  public Collection<SetReading> all() {
    return List.copyOf(readings.values());
  }
}
