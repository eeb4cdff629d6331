package io.ordinal.platform.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ordinal.platform.answer.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Attempts attempts = new Attempts(() -> now, 3);

  @Test
  void theDelayGrowsAndNeverLocksOut() {
    var delays = new ArrayList<Integer>();
    for (int i = 0; i < 12; i++) {
      delays.add(delay("eve"));
      now = now.plusSeconds(delays.getLast());
      attempts.begin("eve");
    }
    assertThat(delays).isEqualTo(List.of(0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60));
  }

  @Test
  void aDelayedAttemptDoesNotCount() {
    for (int i = 0; i < 3; i++) attempts.begin("eve");
    for (int i = 0; i < 100; i++) {
      var refusal = catchThrowableOfType(Refusal.class, () -> attempts.begin("eve"));
      assertThat(refusal.retryAfterSeconds()).isEqualTo(1);
    }
  }

  @Test
  void successIsForgivingAndTimeIsToo() {
    for (int i = 0; i < 3; i++) attempts.begin("eve");
    attempts.succeeded("eve");
    assertThat(delay("eve")).isZero();
    for (int i = 0; i < 3; i++) attempts.begin("eve");
    now = now.plusSeconds(3601);
    attempts.begin("eve");
    assertThat(delay("eve")).isZero();
  }

  @Test
  void oneIsNotDelayedForAnother() {
    for (int i = 0; i < 3; i++) attempts.begin("eve");
    assertThat(delay("alice")).isZero();
  }

  /// How long the next attempt would have to wait; it is not begun unless it would not.
  private int delay(String who) {
    var probe = catchThrowableOfType(Refusal.class, () -> attempts.check(who));
    return probe == null ? 0 : probe.retryAfterSeconds();
  }
}
