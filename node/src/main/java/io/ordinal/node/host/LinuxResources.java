package io.ordinal.node.host;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.ordinal.node.pod.Qos;
import io.ordinal.node.runtime.Resources;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/// Requests and limits in the kernel's units (contract M12).
public final class LinuxResources {
  static final long PERIOD = 100_000;
  private static final long LEAST_SHARES = 2;
  private static final long MOST_SHARES = 262_144;
  private static final long LEAST_QUOTA = 1000;
  private static final int OF_GUARANTEED = -997;
  private static final int OF_BEST_EFFORT = 1000;

  private LinuxResources() {}

  /// A CPU request as a weight: 1024 for a whole CPU.
  public static long shares(long milliCpu) {
    return Math.clamp(milliCpu * 1024 / 1000, LEAST_SHARES, MOST_SHARES);
  }

  /// A CPU limit as microseconds per period; none is -1.
  public static long quota(long milliCpu) {
    return milliCpu == 0 ? -1 : Math.max(LEAST_QUOTA, milliCpu * PERIOD / 1000);
  }

  /// What the kernel kills first when memory runs out: high values.
  public static int oomScoreAdj(Pod pod, Container container, long capacity) {
    var priority = pod.getSpec().getPriority();
    boolean critical = priority != null && priority >= 2_000_000_000;
    return switch (critical ? Qos.Guaranteed : Qos.of(pod)) {
      case Guaranteed -> OF_GUARANTEED;
      case BestEffort -> OF_BEST_EFFORT;
      case Burstable -> {
        var adjusted = 1000 - 1000 * bytes(requests(container)) / Math.max(1, capacity);
        yield Math.clamp(adjusted, 3, 999);
      }
    };
  }

  /// All of a container's.
  static Resources of(Pod pod, Container container, long capacity, boolean cgroup2) {
    var limit = milli(limits(container));
    var request = milli(requests(container));
    return new Resources(
        shares(request == 0 ? limit : request),
        quota(limit),
        PERIOD,
        bytes(limits(container)),
        oomScoreAdj(pod, container, capacity),
        cgroup2 ? Map.of("memory.oom.group", "1") : Map.of());
  }

  static Map<String, Quantity> requests(Container container) {
    var resources = container.getResources();
    return resources == null || resources.getRequests() == null
        ? Map.of()
        : resources.getRequests();
  }

  static Map<String, Quantity> limits(Container container) {
    var resources = container.getResources();
    return resources == null || resources.getLimits() == null ? Map.of() : resources.getLimits();
  }

  static long milli(Map<String, Quantity> amounts) {
    var cpu = amounts.get("cpu");
    return cpu == null
        ? 0
        : cpu.getNumericalAmount()
            .multiply(BigDecimal.valueOf(1000))
            .setScale(0, RoundingMode.CEILING)
            .longValue();
  }

  static long bytes(Map<String, Quantity> amounts) {
    var memory = amounts.get("memory");
    return memory == null ? 0 : memory.getNumericalAmount().longValue();
  }
}
