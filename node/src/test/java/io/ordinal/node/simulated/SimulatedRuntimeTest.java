package io.ordinal.node.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.node.runtime.ContainerRuntime;
import io.ordinal.node.runtime.RuntimeContract;
import io.ordinal.node.runtime.RuntimeFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulatedRuntimeTest extends RuntimeContract {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

  private final SimulatedRuntime runtime = new SimulatedRuntime(CLOCK, CLOCK, "10.244.0.0/24");

  @Override
  protected ContainerRuntime runtime() {
    return runtime;
  }

  @Override
  protected String image() {
    return "nginx:1";
  }

  @Override
  protected String logs(String pod) {
    return "";
  }

  @Override
  protected String cgroup(String pod) {
    return "";
  }

  @Test
  void aMissingImageCannotBePulled() {
    assertThatThrownBy(() -> runtime.pullImage("web:missing-1", Optional.empty()))
        .isInstanceOf(RuntimeFailure.class);
  }

  @Test
  void annotationsSayHowAContainerBehaves() {
    var behaviour =
        Behaviour.of(
            Map.of(
                "simulated.ordinal.io/exit.web", "3 after 2s",
                "simulated.ordinal.io/exit-reason", "OOMKilled",
                "simulated.ordinal.io/ready", "never",
                "simulated.ordinal.io/start-delay", "250ms"),
            "web");
    assertThat(behaviour.exit())
        .contains(new Behaviour.Exit(3, Duration.ofSeconds(2), "OOMKilled"));
    assertThat(behaviour.readyAfter()).isEmpty();
    assertThat(behaviour.startDelay()).isEqualTo(Duration.ofMillis(250));
    assertThat(Behaviour.of(Map.of(), "web")).isEqualTo(Behaviour.ORDINARY);
  }
}
