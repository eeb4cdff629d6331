package io.ordinal.server.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

/// Our end of a WebSocket: one message at a time, each sent before the next begins.
final class WebSocketMessages {
  /// As long as a kubelet leaves a stream that is silent: not everybody pings.
  private static final Duration SILENT = Duration.ofHours(4);

  /// How long we wait for the client to agree to the end.
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final ReentrantLock sending = new ReentrantLock();
  private volatile @Nullable Session session;

  /// What hands a message to Jetty.
  private interface Hand {
    void over(Session session, Callback callback);
  }

  void opened(Session opened) {
    opened.setIdleTimeout(SILENT);
    session = opened;
  }

  /// Sends a message of bytes.
  void binary(ByteBuffer message) throws IOException {
    send((open, callback) -> open.sendBinary(message, callback));
  }

  /// Sends a message of bytes whose first names its channel.
  void binary(int channel, byte[] bytes, int length) throws IOException {
    var message = ByteBuffer.allocate(1 + length);
    binary(message.put((byte) channel).put(bytes, 0, length).flip());
  }

  /// Sends a message of text.
  void text(String message) throws IOException {
    send((open, callback) -> open.sendText(message, callback));
  }

  private void send(Hand hand) throws IOException {
    var open = session;
    if (open == null) {
      throw new IOException("not connected");
    }
    sending.lock();
    try (var blocker = Blocker.callback()) {
      hand.over(open, Callback.from(blocker::succeeded, blocker::failed));
      blocker.block();
    } finally {
      sending.unlock();
    }
  }

  /// Asks for the client's next message.
  void demand() {
    var open = session;
    if (open != null && open.isOpen()) {
      open.demand();
    }
  }

  /// Says that all went well and is over.
  void close() {
    var open = session;
    if (open != null) {
      open.setIdleTimeout(CLOSING);
      open.close(StatusCode.NORMAL, "", Callback.NOOP);
    }
  }
}
