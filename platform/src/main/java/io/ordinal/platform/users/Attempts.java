package io.ordinal.platform.users;

import io.ordinal.platform.answer.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Slows guessing down. After a few failures the next attempt has to wait, twice as long after each
/// one, up to a minute: a guesser gets some fourteen hundred guesses a day, and the user himself
/// may have to wait as long as that, but not for ever.
///
/// An attempt counts as a failure from its beginning, so that a thousand at once are not one.
final class Attempts {

  private static final int MOST_REMEMBERED = 10_000;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  record Failures(int count, Instant last) {}

  private final InstantSource clock;
  private final int free;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /// @param free how many failures cost nothing
  Attempts(InstantSource clock, int free) {
    this.clock = clock;
    this.free = free;
  }

  /// Begins an attempt.
  ///
  /// @throws Refusal 429 when it comes too early; then it does not count
  synchronized void begin(String who) {
    failures.put(who, new Failures(check(who).count() + 1, clock.instant()));
  }

  /// What is known of failures so far.
  ///
  /// @throws Refusal 429 when an attempt would come too early
  synchronized Failures check(String who) {
    var now = clock.instant();
    var before = failures.getOrDefault(who, new Failures(0, now));
    if (before.last().plus(FORGOTTEN_AFTER).isBefore(now)) return new Failures(0, now);
    var wait = Duration.between(now, before.last().plus(pause(before.count())));
    if (wait.isPositive()) {
      throw Refusal.tooManyRequests(
          "too many failed attempts: try again later", (int) Math.ceilDiv(wait.toMillis(), 1000));
    }
    return before;
  }

  /// The attempt was none of a guesser.
  synchronized void succeeded(String who) {
    failures.remove(who);
  }

  private Duration pause(int count) {
    if (count < free) return Duration.ZERO;
    var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(count - free, 20));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
