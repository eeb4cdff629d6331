package io.ordinal.server.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Streams in the order in which they want to be looked at; each is in it at most once.
final class LookList {
  private final PriorityQueue<Due> dues = new PriorityQueue<>(Comparator.comparingLong(Due::at));
  private final long start = System.nanoTime();

  /// @param at nanoseconds since the start
  private record Due(long at, WatchStream stream) {}

  synchronized void add(WatchStream stream, Duration in) {
    dues.add(new Due(now() + in.toNanos(), stream));
    notifyAll();
  }

  /// Waits for the next one whose time has come, and takes it out.
  synchronized WatchStream take() throws InterruptedException {
    while (true) {
      var first = dues.peek();
      var left = first == null ? Long.MAX_VALUE : first.at - now();
      if (first != null && left <= 0) {
        dues.remove();
        return first.stream;
      }
      if (first == null) {
        wait();
      } else {
        wait(left / 1_000_000 + 1);
      }
    }
  }

  private long now() {
    return System.nanoTime() - start;
  }
}
