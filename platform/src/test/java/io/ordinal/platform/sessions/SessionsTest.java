package io.ordinal.platform.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.platform.records.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionsTest {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private boolean full;

  private void keep(String text) {
    if (full) throw new UncheckedIOException("cannot write", new IOException("no space"));
    assertThat(text).isNotEmpty();
  }

  @Test
  void aFullDiskSignsNobodyOut() {
    var sessions = new Sessions(Records.inText("", this::keep), () -> now, new SecureRandom());
    var session = sessions.find(sessions.begin("admin")).orElseThrow();
    full = true;
    for (int hour = 1; hour <= 3; hour++) {
      now = now.plus(Duration.ofHours(1));
      sessions.use(session);
      assertThat(sessions.goesOn(session)).isTrue();
    }
  }
}
