package io.ordinal.server;

import java.util.concurrent.Semaphore;

/// How many requests are worked on at once. Who comes in over the limit is told to try again,
/// instead of waiting in memory.
final class InFlight {
  private final Semaphore places;
  private final int limit;

  InFlight(int limit) {
    this.places = new Semaphore(limit);
    this.limit = limit;
  }

  /// A place that is held.
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /// Takes a place until it is closed.
  ///
  /// @throws ApiException 429 when there is none
  Place enter() {
    if (!places.tryAcquire()) {
      throw new ApiException(
          Status.tooManyRequests("Too many requests, please try again later.", 1));
    }
    return places::release;
  }

  int count() {
    return limit - places.availablePermits();
  }
}
