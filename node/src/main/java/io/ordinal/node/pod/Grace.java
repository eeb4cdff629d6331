package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long containers are given to end by themselves.
final class Grace {
  private static final long USUAL = 30;

  private Grace() {}

  static Duration of(Pod pod) {
    var deletion = pod.getMetadata().getDeletionGracePeriodSeconds();
    if (deletion != null) {
      return Duration.ofSeconds(deletion);
    }
    var wanted = pod.getSpec().getTerminationGracePeriodSeconds();
    return Duration.ofSeconds(wanted == null ? USUAL : wanted);
  }

  /// A probe that failed may have a grace of its own.
  static Duration ofFailed(@Nullable Probe probe, Pod pod) {
    return probe == null || probe.getTerminationGracePeriodSeconds() == null
        ? of(pod)
        : Duration.ofSeconds(probe.getTerminationGracePeriodSeconds());
  }
}
