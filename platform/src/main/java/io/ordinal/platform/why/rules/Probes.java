package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.*;

import io.ordinal.platform.why.facts.Finding;
import java.util.stream.Stream;

/// The container runs, but a check says that it has not started or is not ready.
final class Probes implements ContainerRule {

  @Override
  public Stream<Finding> judge(ContainerView container) {
    if (!container.isRunning() || container.isInit()) return Stream.empty();
    if (has(container, "startupProbe") && !container.status().path("started").asBoolean(false)) {
      return Stream.of(
          KilledByProbe.failure(container, "Startup")
              .map(said -> container.finding(STARTUP_FAILS, "startupProbe").with("message", said))
              .orElseGet(() -> container.finding(STARTUP_WAITS, "startupProbe")));
    }
    if (!has(container, "readinessProbe")) return Stream.empty();
    return Stream.of(
        KilledByProbe.failure(container, "Readiness")
            .map(said -> container.finding(READINESS_FAILS, "readinessProbe").with("message", said))
            .orElseGet(() -> container.finding(READINESS_WAITS, "readinessProbe")));
  }

  private static boolean has(ContainerView container, String probe) {
    return container.spec().path(probe).isObject();
  }
}
