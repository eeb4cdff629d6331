package io.ordinal.cluster;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/// A clock that starts with the wall clock and then only counts: whoever sets the wall clock does
/// not move it.
final class SteadyClock extends Clock {

  private final Clock wall;
  private final Instant start;
  private final long startNanos = System.nanoTime();

  SteadyClock(Clock wall) {
    this.wall = wall;
    this.start = wall.instant();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }

  @Override
  public ZoneId getZone() {
    return wall.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
