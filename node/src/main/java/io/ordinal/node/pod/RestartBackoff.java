package io.ordinal.node.pod;

import java.time.Duration;
import java.time.Instant;

/// How long a container that keeps ending has to wait: nothing at first, then 10 s, doubled up to
/// 300 s, forgotten after ten minutes without a restart.
///
/// @param pause the wait after its last end; zero before the first restart
/// @param changed when it was last restarted
public record RestartBackoff(Duration pause, Instant changed) {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration FORGOTTEN = LONGEST.multipliedBy(2);

  /// A container that was never restarted.
  public static final RestartBackoff NONE = new RestartBackoff(Duration.ZERO, Instant.EPOCH);

  /// From when on a container that ended then may be restarted.
  public Instant mayRestartAt(Instant ended) {
    return expired(ended) ? ended : ended.plus(pause);
  }

  /// The state after a restart at `now` of a container that had ended at `ended`.
  public RestartBackoff restarted(Instant ended, Instant now) {
    if (pause.isZero() || expired(ended)) {
      return new RestartBackoff(FIRST, now);
    }
    var doubled = pause.multipliedBy(2);
    return new RestartBackoff(doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST, now);
  }

  private boolean expired(Instant ended) {
    return changed.plus(FORGOTTEN).isBefore(ended);
  }

  /// As people read it: `10s`, `2m40s`.
  public String shown() {
    var minutes = pause.toMinutes();
    return minutes == 0 ? pause.toSeconds() + "s" : minutes + "m" + pause.toSecondsPart() + "s";
  }
}
