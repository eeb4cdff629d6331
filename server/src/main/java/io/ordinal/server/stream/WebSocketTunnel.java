package io.ordinal.server.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A conversation of bytes whose pieces travel as messages of a WebSocket: how kubectl from 1.31 on
/// carries SPDY through proxies that know only WebSockets (KEP-4006).
public final class WebSocketTunnel implements Session.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketTunnel.class);

  /// No piece of data is empty.
  private static final byte[] END = {};

  private final Conversation conversation;
  private final WebSocketMessages messages = new WebSocketMessages();

  /// What came and was not read. It holds a message at most, for the next is asked for when this
  /// one is taken, and the end.
  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

  /// What is spoken in the tunnel.
  @FunctionalInterface
  public interface Conversation {
    void run(InputStream in, OutputStream out) throws IOException;
  }

  /// Carries a conversation until it ends.
  public WebSocketTunnel(Conversation conversation) {
    this.conversation = conversation;
  }

  @Override
  public void onWebSocketOpen(Session session) {
    messages.opened(session);
    Thread.ofVirtual().name("tunnel").start(this::converse);
    messages.demand();
  }

  private void converse() {
    try (var in = new In();
        var out = new Out()) {
      conversation.run(in, out);
    } catch (IOException e) {
      LOG.debug("a tunnel broke", e);
    } finally {
      messages.close();
    }
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    var bytes = new byte[payload.remaining()];
    payload.get(bytes);
    callback.succeed();
    if (bytes.length > 0) {
      received.add(bytes);
    } else {
      messages.demand();
    }
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    received.add(END);
  }

  @Override
  public void onWebSocketClose(int statusCode, String reason, Callback callback) {
    received.add(END);
    callback.succeed();
  }

  private final class In extends InputStream {
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private boolean ended;

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!piece.hasRemaining() && !next()) {
        return -1;
      }
      var n = Math.min(length, piece.remaining());
      piece.get(bytes, offset, n);
      return n;
    }

    private boolean next() throws IOException {
      if (ended) {
        return false;
      }
      try {
        var taken = received.take();
        ended = taken.length == 0;
        piece = ByteBuffer.wrap(taken);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for the client", e);
      }
      messages.demand();
      return !ended;
    }
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      messages.binary(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public void close() {
      messages.close();
    }
  }
}
