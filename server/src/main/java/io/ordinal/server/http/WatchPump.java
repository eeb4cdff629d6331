package io.ordinal.server.http;

import io.ordinal.server.Frames;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the frames of all watches. An event often goes to hundreds of watches at once, of which
/// many share a connection: a thread for each would encrypt and write a hundred small records where
/// one large one does. So the watches of a connection share a [Lane], and no watch has a thread.
final class WatchPump implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WatchPump.class);

  private final Executor executor;
  private final Duration stallTimeout;
  private final Map<Object, Lane> lanes = new ConcurrentHashMap<>();
  private final Set<WatchStream> streams = ConcurrentHashMap.newKeySet();
  private final LookList looks = new LookList();
  private final Thread looker = Thread.ofVirtual().name("watch looks").unstarted(this::lookAtAll);

  WatchPump(Executor executor, Duration stallTimeout) {
    this.executor = executor;
    this.stallTimeout = stallTimeout;
  }

  void start() {
    looker.start();
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
    looks.add(stream, Duration.ZERO);
  }

  private void forget(WatchStream stream, Object connection) {
    streams.remove(stream);
    lanes.computeIfPresent(connection, (_, lane) -> lane.left() ? null : lane);
  }

  /// Time brings bookmarks and ends, and finds who takes nothing. Each stream says when it wants to
  /// be looked at, so an idle one costs nothing in between.
  private void lookAtAll() {
    try {
      while (true) {
        look(looks.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A stream that fails must not keep the others from their bookmarks.
  private void look(WatchStream stream) {
    try {
      stream.look(stallTimeout).ifPresent(in -> looks.add(stream, in));
    } catch (RuntimeException | Error e) {
      LOG.error("A watch failed, it is ended", e);
      stream.fail(e);
    }
  }

  /// Ends all watches: their clients will come again.
  @Override
  public void close() {
    looker.interrupt();
    streams.forEach(WatchStream::finish);
  }
}
