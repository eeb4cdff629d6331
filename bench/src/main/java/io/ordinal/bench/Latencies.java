package io.ordinal.bench;

import java.util.Arrays;
import java.util.List;

/// Durations in nanoseconds, and what to say about them.
final class Latencies {

  private final long[] sorted;

  Latencies(long[] nanos) {
    this.sorted = nanos.clone();
    Arrays.sort(sorted);
  }

  int count() {
    return sorted.length;
  }

  double milliseconds(double quantile) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * quantile))] / 1e6;
  }

  List<Figure> figures(String prefix) {
    return List.of(
        new Figure(prefix + " p50", milliseconds(0.50), "ms"),
        new Figure(prefix + " p99", milliseconds(0.99), "ms"));
  }
}
