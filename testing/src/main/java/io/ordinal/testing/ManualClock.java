package io.ordinal.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock that moves only when it is told to.
///
/// It has two faces, as a machine has: the wall clock, which somebody may set ([#jump]), and a
/// steady one, which only ever goes forward ([#steady]). [#advance] moves both.
public final class ManualClock extends Clock {

  private final Clock steady = new Steady();
  private volatile Instant wall;
  private volatile Instant passed;

  /// Both faces start here.
  public ManualClock(Instant start) {
    wall = start;
    passed = start;
  }

  /// Time goes by.
  public synchronized void advance(Duration by) {
    if (by.isNegative()) throw new IllegalArgumentException("time does not go back: " + by);
    wall = wall.plus(by);
    passed = passed.plus(by);
  }

  /// Time goes by until the steady clock shows this moment; nothing happens if it has passed
  /// already.
  public synchronized void advanceTo(Instant moment) {
    var by = Duration.between(passed, moment);
    if (by.isPositive()) advance(by);
  }

  /// Somebody sets the wall clock, forward or back; no time goes by.
  public synchronized void jump(Duration by) {
    wall = wall.plus(by);
  }

  /// The face that nobody sets.
  public Clock steady() {
    return steady;
  }

  @Override
  public Instant instant() {
    return wall;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  private final class Steady extends Clock {
    @Override
    public Instant instant() {
      return passed;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
