package io.ordinal.controllers.scheduler;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.ordinal.kube.PodSum;
import io.ordinal.kube.Quantities;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/// What a node gives or a pod asks for: thousandths of a core, bytes, and pieces of whatever else
/// has a name.
record Resources(long milliCpu, long memory, long ephemeralStorage, Map<String, Long> extended) {
  static final Resources NONE = new Resources(0, 0, 0, Map.of());
  private static final PodSum<Resources> SUM = new PodSum<>(NONE, Resources::plus, Resources::max);

  /// What a pod that asks for nothing is taken to use when nodes are compared.
  private static final long ASSUMED_MILLI_CPU = 100;

  private static final long ASSUMED_MEMORY = 200L << 20;

  static Resources of(Map<String, Quantity> amounts) {
    if (amounts.isEmpty()) {
      return NONE;
    }
    Map<String, Long> extended = new HashMap<>();
    amounts.forEach((name, amount) -> {
      if (isExtended(name)) {
        extended.put(name, Quantities.whole(amount));
      }
    });
    return new Resources(
        Quantities.milli(amounts.get("cpu")),
        Quantities.whole(amounts.get("memory")),
        Quantities.whole(amounts.get("ephemeral-storage")),
        extended.isEmpty() ? Map.of() : Map.copyOf(extended));
  }

  private static boolean isExtended(String name) {
    return switch (name) {
      case "cpu", "memory", "ephemeral-storage", "pods" -> false;
      default -> true;
    };
  }

  /// What a pod asks for: its containers and sidecars together, or the hungriest moment of its init
  /// containers when that is more, and what the sandbox itself takes. Requests of the pod as a
  /// whole stand above those of its containers.
  static Resources requestedBy(Pod pod) {
    return pod(pod, c -> of(requests(c.getResources())));
  }

  /// The same for comparing nodes: a container without a request is taken to use a little.
  static Resources assumedOf(Pod pod) {
    return pod(
        pod,
        c -> {
          Map<String, Quantity> asked = requests(c.getResources());
          Resources plain = of(asked);
          return new Resources(
              asked.containsKey("cpu") ? plain.milliCpu : ASSUMED_MILLI_CPU,
              asked.containsKey("memory") ? plain.memory : ASSUMED_MEMORY,
              plain.ephemeralStorage,
              plain.extended);
        });
  }

  private static Resources pod(Pod pod, Function<Container, Resources> asks) {
    return overriddenBy(pod, SUM.of(pod, asks)).plus(of(pod.getSpec().getOverhead()));
  }

  private static Resources overriddenBy(Pod pod, Resources sum) {
    Map<String, Quantity> whole = requests(pod.getSpec().getResources());
    if (whole.isEmpty()) {
      return sum;
    }
    Resources asked = of(whole);
    return new Resources(
        whole.containsKey("cpu") ? asked.milliCpu : sum.milliCpu,
        whole.containsKey("memory") ? asked.memory : sum.memory,
        sum.ephemeralStorage,
        sum.extended);
  }

  private static Map<String, Quantity> requests(@Nullable ResourceRequirements r) {
    return r == null ? Map.of() : r.getRequests();
  }

  Resources plus(Resources other) {
    return combined(other, Long::sum);
  }

  Resources minus(Resources other) {
    return combined(other, (a, b) -> a - b);
  }

  Resources max(Resources other) {
    return combined(other, Math::max);
  }

  private Resources combined(Resources other, LongBinaryOperator by) {
    return new Resources(
        by.applyAsLong(milliCpu, other.milliCpu),
        by.applyAsLong(memory, other.memory),
        by.applyAsLong(ephemeralStorage, other.ephemeralStorage),
        combinedExtended(other, by));
  }

  private Map<String, Long> combinedExtended(Resources other, LongBinaryOperator by) {
    if (extended.isEmpty() && other.extended.isEmpty()) {
      return Map.of();
    }
    Map<String, Long> all = new HashMap<>(extended);
    other.extended.forEach(
        (name, amount) -> all.put(name, by.applyAsLong(extended.getOrDefault(name, 0L), amount)));
    return all;
  }
}
