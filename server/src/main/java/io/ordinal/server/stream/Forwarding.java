package io.ordinal.server.stream;

import io.ordinal.server.ApiException;
import io.ordinal.server.PodConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection through a forwarded port, whatever protocol carries it. What the pod sends flows
/// on a thread of its own; what the client sends comes by the calls of the protocol's reader, and
/// waits here, so that a pod which does not read holds up the others only when it is far behind.
final class Forwarding implements AutoCloseable {
  /// Longer than a database is busy with itself. Until it is over, nobody hears that a client has
  /// gone whose reader waits here.
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int MOST_WAITING_BYTES = 128 * 1024;
  private static final int OVERHEAD_BYTES = 64;

  /// No piece of data is empty.
  private static final byte[] END = {};

  private final Client client;
  private final Duration patience;
  private final BlockingQueue<byte[]> toPod = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(MOST_WAITING_BYTES);
  private volatile boolean over;
  private @Nullable PodConnection pod;
  private @Nullable String reason;

  /// The client's end.
  interface Client {
    /// Sends what the pod has sent.
    void data(byte[] bytes, int length) throws IOException;

    /// Says that the connection is over; `failure` is empty when nothing went wrong.
    void end(String failure) throws IOException;
  }

  /// @param patience how long a pod may take nothing while more is waiting than fits
  Forwarding(Client client, Duration patience) {
    this.client = client;
    this.patience = patience;
  }

  /// Connects, and carries bytes until the pod has nothing more to say.
  void start(Supplier<PodConnection> connect) {
    Thread.ofVirtual()
        .name("forward")
        .start(() -> {
          var failure = carry(connect);
          try {
            client.end(ended(failure));
          } catch (IOException e) {
            // The client is gone: there is nobody to tell.
          }
        });
  }

  private String carry(Supplier<PodConnection> connect) {
    try (var opened = opened(connect.get())) {
      var feeder = Thread.ofVirtual().name("forward to pod").start(() -> feed(opened));
      try {
        pump(opened);
        return opened.failure();
      } finally {
        feeder.interrupt();
      }
    } catch (ApiException e) {
      return e.status().message();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("a forwarded connection failed", e);
      return "internal error: " + e.getMessage();
    }
  }

  private synchronized PodConnection opened(PodConnection connection) {
    if (over) {
      connection.close();
    }
    pod = connection;
    return connection;
  }

  private void pump(PodConnection from) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    for (int n = from.input().read(buffer); n >= 0; n = from.input().read(buffer)) {
      if (n > 0) {
        client.data(buffer, n);
      }
    }
  }

  private void feed(PodConnection to) {
    try (var output = to.output()) {
      for (var piece = toPod.take(); piece.length > 0; piece = toPod.take()) {
        output.write(piece);
        output.flush();
        room.release(cost(piece));
      }
    } catch (IOException | InterruptedException e) {
      // The pod's end is gone: whoever reads from it hears of it, and tells the client.
      drop();
    }
  }

  private static int cost(byte[] piece) {
    return Math.min(MOST_WAITING_BYTES, piece.length + OVERHEAD_BYTES);
  }

  /// Bytes for the pod; waits while too many are waiting.
  void put(byte[] bytes, int length) throws IOException {
    if (over || length == 0) {
      return;
    }
    var piece = Arrays.copyOf(bytes, length);
    try {
      if (room.tryAcquire(cost(piece), patience.toNanos(), TimeUnit.NANOSECONDS)) {
        toPod.add(piece);
      } else {
        end("the pod has taken nothing for " + patience.toSeconds() + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the pod does not read", e);
    }
  }

  /// The client will send no more.
  void finish() {
    if (!over) {
      toPod.add(END);
    }
  }

  /// Nobody takes pieces any more: whoever waits with one finds room.
  private void drop() {
    over = true;
    toPod.clear();
    room.release(MOST_WAITING_BYTES);
  }

  private synchronized String ended(String failure) {
    drop();
    pod = null;
    return reason == null ? failure : reason;
  }

  private synchronized void end(String why) {
    reason = why;
    drop();
    if (pod != null) {
      pod.close();
    }
  }

  /// The client wants no more of it, or is gone: nothing has failed.
  @Override
  public void close() {
    end("");
  }
}
