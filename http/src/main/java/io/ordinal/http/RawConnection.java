package io.ordinal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Blocker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection that HTTP has left: bytes in, bytes out, by blocking streams on a thread of its
/// own.
public final class RawConnection extends AbstractConnection implements Connection.UpgradeTo {
  private static final Logger LOG = LoggerFactory.getLogger(RawConnection.class);
  private static final int BUFFER_BYTES = 16 * 1024;

  /// Terminals are left open over lunch.
  private static final Duration IDLE = Duration.ofHours(4);

  private final Conversation conversation;
  private ByteBuffer received = ByteBuffer.allocate(0);

  /// What is spoken on the connection.
  @FunctionalInterface
  public interface Conversation {
    void run(InputStream in, OutputStream out) throws IOException;
  }

  /// A connection that an upgrade request leaves behind.
  public RawConnection(EndPoint endPoint, Executor executor, Conversation conversation) {
    super(endPoint, executor);
    this.conversation = conversation;
  }

  /// Takes over what came behind the request.
  @Override
  public void onUpgradeTo(ByteBuffer early) {
    received = ByteBuffer.allocate(early.remaining()).put(early).flip();
  }

  @Override
  public void onOpen() {
    super.onOpen();
    getEndPoint().setIdleTimeout(IDLE.toMillis());
    getExecutor().execute(this::converse);
  }

  private void converse() {
    try (var in = new In();
        var out = new Out()) {
      conversation.run(in, out);
    } catch (IOException e) {
      LOG.debug("an upgraded connection broke", e);
    } finally {
      close();
    }
  }

  @Override
  public void onFillable() {
    // Reading is done by whoever waits in In.
  }

  private final class In extends InputStream {
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
      while (!received.hasRemaining()) {
        if (!fill()) {
          return -1;
        }
      }
      var n = Math.min(length, received.remaining());
      received.get(bytes, offset, n);
      return n;
    }

    /// Ends the connection, also for whoever waits in a read.
    @Override
    public void close() {
      getEndPoint().close();
    }

    /// Jetty fills a buffer behind its limit, which therefore starts at zero.
    private boolean fill() throws IOException {
      if (received.capacity() < BUFFER_BYTES) {
        received = ByteBuffer.allocate(BUFFER_BYTES);
      }
      received.clear().limit(0);
      while (true) {
        var n = getEndPoint().fill(received);
        if (n != 0) {
          return n > 0;
        }
        try (var blocker = Blocker.callback()) {
          getEndPoint().fillInterested(blocker);
          blocker.block();
        }
      }
    }
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try (var blocker = Blocker.callback()) {
        getEndPoint().write(blocker, ByteBuffer.wrap(bytes, offset, length));
        blocker.block();
      }
    }

    @Override
    public void close() {
      getEndPoint().shutdownOutput();
    }
  }
}
