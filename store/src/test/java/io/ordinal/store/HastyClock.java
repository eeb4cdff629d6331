package io.ordinal.store;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/// A clock that is ten seconds later each time it is looked at: no back-off lasts.
final class HastyClock extends Clock {

  private final AtomicLong seconds = new AtomicLong();

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(seconds.addAndGet(10));
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
