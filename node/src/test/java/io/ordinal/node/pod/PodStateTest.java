package io.ordinal.node.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodStateTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static Optional<Trouble> trouble(String reason) {
    return Optional.of(new Trouble(reason, "words", NOW, NOW.plusSeconds(10), 1));
  }

  @Test
  void aNewSandboxForgetsWhatCouldNotBeMadeInTheOldOne() {
    var state = new PodState();
    state.container("a", memory -> memory.withTrouble(trouble("CreateContainerError")));
    state.container("b", memory -> memory.withTrouble(trouble("ErrImagePull")));
    state.sandboxMade();
    assertThat(state.container("a").trouble()).isEmpty();
    assertThat(state.container("b").trouble()).isPresent();
  }
}
