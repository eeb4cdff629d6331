package io.ordinal.node.runtime;

import java.util.Map;

/// What a container may use, in the kernel's units.
///
/// @param cpuShares relative weight, 1024 per CPU; 0 = not set
/// @param cpuQuota microseconds per `cpuPeriod`; 0 = not set, -1 = without limit
/// @param cpuPeriod microseconds
/// @param memoryLimit bytes; 0 = without limit
/// @param oomScoreAdj what the kernel kills first when memory runs out: high values
/// @param unified further cgroup v2 settings
public record Resources(
    long cpuShares,
    long cpuQuota,
    long cpuPeriod,
    long memoryLimit,
    int oomScoreAdj,
    Map<String, String> unified) {

  /// No limit, no weight.
  public static final Resources NONE = new Resources(0, 0, 0, 0, 0, Map.of());
}
