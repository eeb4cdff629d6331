package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.LIVENESS_FAILED;
import static io.ordinal.platform.why.facts.Cause.STARTUP_FAILED;

import io.ordinal.platform.why.facts.Event;
import io.ordinal.platform.why.facts.Finding;
import java.util.Optional;
import java.util.stream.Stream;

/// The container is restarted again and again because its liveness or startup check fails.
final class KilledByProbe implements ContainerRule {

  @Override
  public Stream<Finding> judge(ContainerView container) {
    if (container.restarts() == 0) return Stream.empty();
    var killed =
        container.lately(
            event -> event.reason().equals("Killing") && event.message().contains(" probe"));
    if (killed.isEmpty()) return Stream.empty();
    var startup = Words.says(killed.get().message(), "startup probe");
    return Stream.of(
        startup
            ? container
                .finding(STARTUP_FAILED, "startupProbe")
                .with("message", failure(container, "Startup").orElse(""))
            : container
                .finding(LIVENESS_FAILED, "livenessProbe")
                .with("message", failure(container, "Liveness").orElse("")));
  }

  /// What a probe said when it failed last.
  static Optional<String> failure(ContainerView container, String role) {
    return container
        .latest(event ->
            event.reason().equals("Unhealthy") && event.message().startsWith(role + " probe"))
        .map(Event::message);
  }
}
