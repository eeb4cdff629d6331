package io.ordinal.node.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void pausesDoubleUpToFiveMinutes() {
    var pauses = new ArrayList<Long>();
    var backoff = RestartBackoff.NONE;
    var now = START;
    for (int i = 0; i < 8; i++) {
      pauses.add(Duration.between(now, backoff.mayRestartAt(now)).toSeconds());
      var ended = now;
      now = backoff.mayRestartAt(now);
      backoff = backoff.restarted(ended, now);
    }
    assertThat(pauses).containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L);
    assertThat(backoff.shown()).isEqualTo("5m0s");
  }

  @Test
  void tenMinutesWithoutARestartForgetEverything() {
    var backoff = RestartBackoff.NONE.restarted(START, START).restarted(START, START);
    var later = START.plusSeconds(601);
    assertThat(backoff.mayRestartAt(later)).isEqualTo(later);
    assertThat(backoff.restarted(later, later).pause()).isEqualTo(Duration.ofSeconds(10));
  }
}
