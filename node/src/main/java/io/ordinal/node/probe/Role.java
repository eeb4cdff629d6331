package io.ordinal.node.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.Optional;

/// What a probe is for.
public enum Role {
  /// Holds back the others until it succeeds.
  Startup,
  /// Its failure restarts the container.
  Liveness,
  /// Decides whether the container gets traffic.
  Readiness;

  /// The container's probe of this role.
  public Optional<Probe> of(Container container) {
    return Optional.ofNullable(
        switch (this) {
          case Startup -> container.getStartupProbe();
          case Liveness -> container.getLivenessProbe();
          case Readiness -> container.getReadinessProbe();
        });
  }
}
