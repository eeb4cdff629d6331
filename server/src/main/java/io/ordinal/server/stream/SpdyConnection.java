package io.ordinal.server.stream;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The server's end of a SPDY/3.1 connection (contract E2): frames in, frames out. Flow control
/// windows are not enforced, as Go's clients do not enforce them either; whoever reads slowly makes
/// the peer's TCP wait.
final class SpdyConnection implements AutoCloseable {
  private static final int VERSION = 3;
  private static final int MOST_FRAME_BYTES = 1 << 20;
  private static final int DATA_BYTES = 16 * 1024;
  private static final int FIN = 1;

  private static final int SYN_STREAM = 1;
  private static final int SYN_REPLY = 2;
  private static final int RST_STREAM = 3;
  private static final int PING = 6;
  private static final int GOAWAY = 7;

  private final DataInputStream in;
  private final OutputStream out;
  private final SpdyHeaders headers = new SpdyHeaders();
  private final ReentrantLock writing = new ReentrantLock();
  private int lastStream;

  /// What a connection's owner hears of, on the thread that calls [#run(Listener)].
  interface Listener {
    /// The client opened a stream.
    void opened(int stream, Map<String, String> headers) throws IOException;

    /// Data came on a stream; `bytes` is reused afterwards.
    void data(int stream, byte[] bytes, int length) throws IOException;

    /// The client will send no more on a stream.
    void finished(int stream) throws IOException;

    /// The client wants no more of a stream, in either direction.
    default void reset(int stream) throws IOException {
      finished(stream);
    }
  }

  SpdyConnection(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  /// Reads frames until the client goes away.
  void run(Listener listener) throws IOException {
    try {
      while (readFrame(listener)) {
        // each frame says all by itself
      }
    } catch (EOFException e) {
      // The usual end: clients just close.
    }
  }

  private boolean readFrame(Listener listener) throws IOException {
    var first = in.readInt();
    var flagsAndLength = in.readInt();
    var flags = flagsAndLength >>> 24;
    var length = flagsAndLength & 0xffffff;
    if (length > MOST_FRAME_BYTES) {
      throw new IOException("a SPDY frame of " + length + " bytes is too large");
    }
    if (first >= 0) {
      readData(listener, first, flags, length);
      return true;
    }
    if ((first >>> 16 & 0x7fff) != VERSION) {
      throw new IOException("not SPDY/3.1");
    }
    return readControl(listener, first & 0xffff, flags, in.readNBytes(length), length);
  }

  private void readData(Listener listener, int stream, int flags, int length) throws IOException {
    var buffer = new byte[Math.min(length, DATA_BYTES)];
    for (int left = length; left > 0; ) {
      var n = Math.min(left, buffer.length);
      in.readFully(buffer, 0, n);
      listener.data(stream, buffer, n);
      left -= n;
    }
    if ((flags & FIN) != 0) {
      listener.finished(stream);
    }
  }

  private boolean readControl(Listener listener, int type, int flags, byte[] body, int length)
      throws IOException {
    if (body.length < length) {
      throw new EOFException();
    }
    switch (type) {
      case SYN_STREAM -> open(listener, flags, body);
      case RST_STREAM -> listener.reset(number(body));
      case PING -> control(PING, 0, body);
      case GOAWAY -> {
        return false;
      }
      default -> {
        // SETTINGS, HEADERS and WINDOW_UPDATE change nothing for us.
      }
    }
    return true;
  }

  private void open(Listener listener, int flags, byte[] body) throws IOException {
    var stream = number(body);
    // stream id, associated stream, priority and slot: ten bytes before the header block
    var fields = headers.read(body, 10);
    lastStream = Math.max(lastStream, stream);
    writing.lock();
    try {
      var reply = headers.write(Map.of());
      control(SYN_REPLY, 0, concat(ByteBuffer.allocate(4).putInt(stream).array(), reply));
    } finally {
      writing.unlock();
    }
    listener.opened(stream, fields);
    if ((flags & FIN) != 0) {
      listener.finished(stream);
    }
  }

  /// Sends data on a stream.
  void send(int stream, byte[] bytes, int length) throws IOException {
    for (int at = 0; at < length; at += DATA_BYTES) {
      var n = Math.min(DATA_BYTES, length - at);
      frame(stream, 0, Arrays.copyOfRange(bytes, at, at + n));
    }
  }

  /// Says that a stream will carry no more from us.
  void finish(int stream) throws IOException {
    frame(stream, FIN, new byte[0]);
  }

  /// Says that the whole connection is over.
  void goAway() throws IOException {
    control(GOAWAY, 0, ByteBuffer.allocate(8).putInt(lastStream).putInt(0).array());
  }

  private void control(int type, int flags, byte[] body) throws IOException {
    frame(0x80000000 | VERSION << 16 | type, flags, body);
  }

  private void frame(int first, int flags, byte[] body) throws IOException {
    var head = ByteBuffer.allocate(8).putInt(first).putInt(flags << 24 | body.length).array();
    writing.lock();
    try {
      out.write(concat(head, body));
      out.flush();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    headers.close();
    out.close();
  }

  private static int number(byte[] body) throws IOException {
    if (body.length < 4) {
      throw new IOException("a SPDY control frame is too short");
    }
    return ByteBuffer.wrap(body).getInt() & 0x7fffffff;
  }

  private static byte[] concat(byte[] a, byte[] b) {
    var both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
