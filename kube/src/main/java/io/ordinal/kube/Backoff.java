package io.ordinal.kube;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Pauses that double from the first to the longest, each shortened by up to a half at random so
/// that those who failed together do not come back together.
public final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private int failures;

  public Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  public Duration next() {
    var full = doubled(first, failures++, longest);
    return Duration.ofNanos((long) (full.toNanos() * (0.5 + random.nextDouble() / 2)));
  }

  public void reset() {
    failures = 0;
  }

  /// `first · 2^times`, at most `longest`.
  static Duration doubled(Duration first, int times, Duration longest) {
    double nanos = first.toNanos() * Math.pow(2, times);
    return nanos >= longest.toNanos() ? longest : Duration.ofNanos((long) nanos);
  }
}
