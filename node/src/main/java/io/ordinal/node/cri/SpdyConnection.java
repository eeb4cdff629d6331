package io.ordinal.node.cri;

import io.ordinal.node.runtime.RuntimeFailure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Deflater;

/// The client's half of SPDY/3.1, as little of it as a runtime's streaming server needs.
///
/// Header blocks are sent without the preset dictionary (a zlib stream may leave it out), and
/// received ones are skipped: nothing in them is of use here. Flow control is not enforced by those
/// servers and not done.
final class SpdyConnection implements AutoCloseable {
  private static final int CONTROL = 0x8003_0000;
  private static final int SYN_STREAM = 1;
  private static final int RST_STREAM = 3;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int FIN = 1;
  private static final int LARGEST_FRAME = 32 << 10;
  private static final int PIPE = 64 << 10;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int UPGRADE_MILLIS = 30_000;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Deflater deflater = new Deflater();
  private final Map<Integer, Stream> streams = new ConcurrentHashMap<>();
  private int nextId = 1;

  private SpdyConnection(Socket socket, DataInputStream in, DataOutputStream out) {
    this.socket = socket;
    this.in = in;
    this.out = out;
  }

  /// One stream; what is read and written here is its data.
  final class Stream {
    private final int id;
    private final Pipe input = new Pipe();
    private volatile boolean whole;

    private Stream(int id) {
      this.id = id;
    }

    /// Whether the other side has said that this is all: else what ended was the connection.
    boolean whole() {
      return whole;
    }

    InputStream input() {
      return input;
    }

    OutputStream output() {
      return new StreamOutput(id);
    }
  }

  private final class StreamOutput extends OutputStream {
    private final int id;
    private boolean closed;

    StreamOutput(int id) {
      this.id = id;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      for (int at = from; at < from + length; at += LARGEST_FRAME) {
        data(id, 0, bytes, at, Math.min(LARGEST_FRAME, from + length - at));
      }
    }

    @Override
    public void close() throws IOException {
      if (!closed && id > 0) {
        closed = true;
        data(id, FIN, new byte[0], 0, 0);
      }
    }
  }

  /// Connects to the address that a runtime has given for a stream.
  ///
  /// @throws RuntimeFailure when its streaming server is not there, or does not want to
  static SpdyConnection open(String url, String protocol) {
    try {
      var uri = URI.create(url);
      var address = new InetSocketAddress(uri.getHost(), uri.getPort());
      var socket = new Socket();
      try {
        socket.connect(address, CONNECT_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(UPGRADE_MILLIS);
        var connection = upgrade(socket, uri, protocol);
        socket.setSoTimeout(0);
        return connection;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unreachable(e);
    }
  }

  static RuntimeFailure unreachable(Exception why) {
    return new RuntimeFailure(
        RuntimeFailure.Kind.OTHER, "cannot reach the runtime's streaming server", why);
  }

  private static SpdyConnection upgrade(Socket socket, URI uri, String protocol)
      throws IOException {
    var out = new DataOutputStream(socket.getOutputStream());
    var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    var lines =
        List.of(
            "POST " + uri.getRawPath() + query + " HTTP/1.1",
            "Host: " + uri.getAuthority(),
            "Connection: Upgrade",
            "Upgrade: SPDY/3.1",
            "X-Stream-Protocol-Version: " + protocol,
            "Content-Length: 0",
            "",
            "");
    out.write(String.join("\r\n", lines).getBytes(StandardCharsets.US_ASCII));
    var in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), PIPE));
    var status = line(in);
    if (!status.contains(" 101 ")) {
      throw new IOException("the streaming server answered: " + status);
    }
    while (!line(in).isEmpty()) {
      // headers of the 101 say nothing that is not known already
    }
    return new SpdyConnection(socket, in, out);
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the streaming server closed the connection");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  /// Begins to read; streams that were opened get what arrives for them.
  void start() {
    Thread.ofVirtual().name("spdy-read").start(this::read);
  }

  /// Opens a stream of a type: error, stdin, stdout, stderr, resize.
  Stream open(String type) throws IOException {
    return open(Map.of("streamtype", type));
  }

  /// Opens a stream with these headers, whose names and values are ASCII.
  Stream open(Map<String, String> fields) throws IOException {
    synchronized (out) {
      var stream = new Stream(nextId);
      nextId += 2;
      streams.put(stream.id, stream);
      var headers = headers(fields);
      control(SYN_STREAM, 0, 10 + headers.length);
      out.writeInt(stream.id);
      out.writeInt(0);
      out.writeShort(0);
      out.write(headers);
      out.flush();
      return stream;
    }
  }

  /// Stands for a stream that nobody asked for: it is at its end, and what is written to it is
  /// lost.
  Stream closedStream() {
    var stream = new Stream(0);
    stream.input.end();
    return stream;
  }

  private byte[] headers(Map<String, String> fields) throws IOException {
    var plain = new ByteArrayOutputStream();
    var data = new DataOutputStream(plain);
    data.writeInt(fields.size());
    for (var field : fields.entrySet()) {
      for (var text : List.of(field.getKey(), field.getValue())) {
        data.writeInt(text.length());
        data.write(text.getBytes(StandardCharsets.US_ASCII));
      }
    }
    deflater.setInput(plain.toByteArray());
    var packed = new byte[512];
    var length = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
    return Arrays.copyOf(packed, length);
  }

  private void control(int type, int flags, int length) throws IOException {
    out.writeInt(CONTROL | type);
    out.writeInt(flags << 24 | length);
  }

  private void data(int id, int flags, byte[] bytes, int from, int length) throws IOException {
    if (id == 0) {
      return;
    }
    synchronized (out) {
      out.writeInt(id);
      out.writeInt(flags << 24 | length);
      out.write(bytes, from, length);
      out.flush();
    }
  }

  private void read() {
    try (socket) {
      while (frame()) {
        // each frame is handed to its stream
      }
    } catch (IOException e) {
      // the other side went away: streams end here, and the session says so
    } finally {
      endAll();
    }
  }

  private boolean frame() throws IOException {
    int head = in.readInt();
    int flagsAndLength = in.readInt();
    int length = flagsAndLength & 0xff_ffff;
    int flags = flagsAndLength >>> 24;
    if (head < 0) {
      return control(head & 0xffff, length);
    }
    deliver(head, flags, in.readNBytes(length));
    return true;
  }

  private boolean control(int type, int length) throws IOException {
    var body = in.readNBytes(length);
    switch (type) {
      case PING -> {
        synchronized (out) {
          control(PING, 0, body.length);
          out.write(body);
          out.flush();
        }
      }
      case RST_STREAM -> end(streamId(body));
      case GOAWAY -> {
        return false;
      }
      default -> {
        // replies, settings and window updates change nothing here
      }
    }
    return true;
  }

  private static int streamId(byte[] body) {
    return ByteBuffer.wrap(body).getInt() & 0x7fff_ffff;
  }

  private void deliver(int id, int flags, byte[] bytes) throws IOException {
    var stream = streams.get(id);
    if (stream == null) {
      return;
    }
    try {
      stream.input.put(bytes);
    } catch (InterruptedException e) {
      throw new InterruptedIOException("closed while output was waiting to be read");
    }
    if ((flags & FIN) != 0) {
      stream.whole = true;
      end(id);
    }
  }

  private void end(int id) {
    var stream = streams.remove(id);
    if (stream != null) {
      stream.input.end();
    }
  }

  private void endAll() {
    List.copyOf(streams.keySet()).forEach(this::end);
    deflater.end();
  }

  @Override
  public void close() {
    streams.values().forEach(stream -> stream.input.close());
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone either way
    }
  }
}
