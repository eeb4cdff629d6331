package io.ordinal.server.http;

import io.ordinal.server.Frames;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/// Sends the frames of all watches. An event often goes to hundreds of watches at once, of which
/// many share a connection: a thread for each would encrypt and write a hundred small records where
/// one large one does. So the watches of a connection share a [Lane], and no watch has a thread.
final class WatchPump implements AutoCloseable {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Executor executor;
  private final Duration stallTimeout;
  private final Map<Object, Lane> lanes = new ConcurrentHashMap<>();
  private final Set<WatchStream> streams = ConcurrentHashMap.newKeySet();
  private final Thread ticker = Thread.ofVirtual().name("watch ticks").unstarted(this::tick);

  WatchPump(Executor executor, Duration stallTimeout) {
    this.executor = executor;
    this.stallTimeout = stallTimeout;
  }

  void start() {
    ticker.start();
  }

  /// Sends these frames until they end, and completes the exchange. The response is set up, but not
  /// committed.
  void send(Frames frames, Exchange exchange) {
    var connection = exchange.request().getConnectionMetaData().getConnection();
    var lane = lanes.compute(connection, (_, known) -> Lane.joined(known, executor));
    var stream = new WatchStream(frames, exchange, lane, ended -> forget(ended, connection));
    streams.add(stream);
    exchange.request().addIdleTimeoutListener(_ -> false);
    exchange.request().addFailureListener(stream::fail);
    stream.start();
  }

  private void forget(WatchStream stream, Object connection) {
    streams.remove(stream);
    lanes.computeIfPresent(connection, (_, lane) -> lane.left() ? null : lane);
  }

  /// Time brings bookmarks and ends, and finds who takes nothing.
  private void tick() {
    try {
      while (true) {
        Thread.sleep(TICK);
        for (var stream : streams) {
          stream.tick(stallTimeout);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends all watches: their clients will come again.
  @Override
  public void close() {
    ticker.interrupt();
    streams.forEach(WatchStream::finish);
  }
}
