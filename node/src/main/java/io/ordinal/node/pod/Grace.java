package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;

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

  /// A probe may have a grace of its own; the startup probe's goes first as it is the one that
  /// fails first.
  static Duration ofFailedProbe(Pod pod, Container container) {
    for (var probe :
        new io.fabric8.kubernetes.api.model.Probe[] {
          container.getStartupProbe(), container.getLivenessProbe()
        }) {
      if (probe != null && probe.getTerminationGracePeriodSeconds() != null) {
        return Duration.ofSeconds(probe.getTerminationGracePeriodSeconds());
      }
    }
    return of(pod);
  }
}
