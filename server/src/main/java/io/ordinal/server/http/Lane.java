package io.ordinal.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The watches of one connection, which write together.
///
/// Jetty writes what is handed over while it is writing as one piece. So the first watch writes
/// alone, and the others hand over their frames from within its completion, when Jetty is still in
/// the middle of its round: fifty watches of an HTTP/2 connection make two writes, not fifty.
final class Lane implements Runnable {
  private final Executor executor;
  private final Queue<WatchStream> ready = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicInteger streams = new AtomicInteger(1);

  private Lane(Executor executor) {
    this.executor = executor;
  }

  /// The lane with one more watch; a new one if there was none.
  static Lane joined(@Nullable Lane known, Executor executor) {
    if (known == null) {
      return new Lane(executor);
    }
    known.streams.incrementAndGet();
    return known;
  }

  /// One watch less; true when it was the last.
  boolean left() {
    return streams.decrementAndGet() == 0;
  }

  /// The stream has something to send, or its end. It is not added again before it is taken.
  void add(WatchStream stream) {
    ready.add(stream);
    if (scheduled.compareAndSet(false, true)) {
      // Others of this connection are being woken just now: going to the end of the queue once
      // more lets them come, too.
      executor.execute(() -> executor.execute(this));
    }
  }

  @Override
  public void run() {
    scheduled.set(false);
    var writers = new ArrayList<WatchStream>();
    for (var stream = ready.poll(); stream != null; stream = ready.poll()) {
      if (stream.prepare()) {
        writers.add(stream);
      }
    }
    if (!writers.isEmpty()) {
      write(writers.getFirst(), writers.subList(1, writers.size()));
    }
  }

  /// When the first does not complete at once, because its client is slow or another thread is
  /// writing, the others do not wait for it.
  private static void write(WatchStream first, List<WatchStream> others) {
    var handedOver = new AtomicBoolean();
    Runnable handOver =
        () -> {
          if (handedOver.compareAndSet(false, true)) {
            others.forEach(stream -> stream.write(() -> {}));
          }
        };
    first.write(handOver);
    handOver.run();
  }
}
