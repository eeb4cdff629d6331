package io.ordinal.server;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// How many requests are worked on at once. Who comes in over the limit is told to try again,
/// instead of waiting in memory. The parts in this process are not limited: they are as many as
/// they are, and a crowd of clients must not keep them from their work.
final class InFlight {
  private final Semaphore places;
  private final AtomicInteger count = new AtomicInteger();

  InFlight(int limit) {
    this.places = new Semaphore(limit);
  }

  /// A place that is held.
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /// Takes a place for a request from a connection, until it is closed.
  ///
  /// @throws ApiException 429 when there is none
  Place enter() {
    if (!places.tryAcquire()) {
      throw new ApiException(
          Status.tooManyRequests("Too many requests, please try again later.", 1));
    }
    count.incrementAndGet();
    return () -> {
      count.decrementAndGet();
      places.release();
    };
  }

  /// Takes a place that is always there, until it is closed.
  Place enterFromInside() {
    count.incrementAndGet();
    return count::decrementAndGet;
  }

  int count() {
    return count.get();
  }
}
