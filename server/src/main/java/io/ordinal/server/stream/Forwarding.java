package io.ordinal.server.stream;

import io.ordinal.server.ApiException;
import io.ordinal.server.PodConnection;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One connection through a forwarded port, whatever protocol carries it. What the pod sends flows
/// on a thread of its own; what the client sends comes by the calls of the protocol's reader, and
/// waits here, so that a pod which does not read holds up the others only when it is far behind.
final class Forwarding implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int MOST_WAITING = 16;

  /// No piece of data is empty.
  private static final byte[] END = {};

  private final Client client;
  private final BlockingQueue<byte[]> toPod = new ArrayBlockingQueue<>(MOST_WAITING);
  private volatile boolean over;
  private @Nullable PodConnection pod;

  /// The client's end.
  interface Client {
    /// Sends what the pod has sent.
    void data(byte[] bytes, int length) throws IOException;

    /// Says that the connection is over; `failure` is empty when nothing went wrong.
    void end(String failure) throws IOException;
  }

  Forwarding(Client client) {
    this.client = client;
  }

  /// Connects, and carries bytes until the pod has nothing more to say.
  void start(Supplier<PodConnection> connect) {
    Thread.ofVirtual().name("forward").start(() -> carry(connect));
  }

  private void carry(Supplier<PodConnection> connect) {
    String failure;
    try (var opened = opened(connect.get())) {
      var feeder = Thread.ofVirtual().name("forward to pod").start(() -> feed(opened));
      try {
        pump(opened);
        failure = opened.failure();
      } finally {
        feeder.interrupt();
      }
    } catch (ApiException e) {
      failure = e.status().message();
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    }
    stop();
    try {
      client.end(failure);
    } catch (IOException e) {
      // The client is gone: there is nobody to tell.
    }
  }

  private synchronized PodConnection opened(PodConnection connection) throws IOException {
    if (over) {
      connection.close();
      throw new IOException("the client has gone");
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
      }
    } catch (IOException | InterruptedException e) {
      // The pod's end is gone: whoever reads from it hears of it, and tells the client.
      drop();
    }
  }

  /// Bytes for the pod; waits while too many are waiting.
  void put(byte[] bytes, int length) throws IOException {
    if (length > 0) {
      offer(Arrays.copyOf(bytes, length));
    }
  }

  /// The client will send no more.
  void finish() throws IOException {
    offer(END);
  }

  private void offer(byte[] piece) throws IOException {
    try {
      if (!over) {
        toPod.put(piece);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the pod does not read", e);
    }
  }

  /// Nobody takes pieces any more: whoever waits with one finds room.
  private void drop() {
    over = true;
    toPod.clear();
  }

  private synchronized void stop() {
    drop();
    pod = null;
  }

  /// The client is gone.
  @Override
  public synchronized void close() {
    drop();
    if (pod != null) {
      pod.close();
    }
  }
}
