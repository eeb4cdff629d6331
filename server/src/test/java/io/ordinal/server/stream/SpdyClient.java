package io.ordinal.server.stream;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The client's end of SPDY/3.1, as far as commands and forwarded ports need it.
final class SpdyClient {
  private final DataInputStream in;
  private final OutputStream out;
  private final SpdyHeaders headers = new SpdyHeaders();
  private final Map<Integer, StringBuilder> received = new HashMap<>();
  private final Set<Integer> ended = new HashSet<>();
  private int next = 1;
  private int replies;
  private int pings;

  SpdyClient(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  int open(String type) throws IOException {
    return open(Map.of("streamtype", type));
  }

  int open(Map<String, String> fields) throws IOException {
    var stream = next;
    next += 2;
    var block = headers.write(fields);
    var body = ByteBuffer.allocate(10 + block.length).putInt(stream).putInt(0).putShort((short) 0);
    frame(0x80030001, 0, body.put(block).array());
    return stream;
  }

  void send(int stream, String text, boolean last) throws IOException {
    frame(stream, last ? 1 : 0, text.getBytes(StandardCharsets.UTF_8));
  }

  void reset(int stream) throws IOException {
    frame(0x80030003, 0, ByteBuffer.allocate(8).putInt(stream).putInt(5).array());
  }

  void ping(int id) throws IOException {
    frame(0x80030006, 0, ByteBuffer.allocate(4).putInt(id).array());
  }

  private void frame(int first, int flags, byte[] body) throws IOException {
    out.write(ByteBuffer.allocate(8).putInt(first).putInt(flags << 24 | body.length).array());
    out.write(body);
    out.flush();
  }

  /// Reads until the server says goodbye.
  void readAll() throws IOException {
    while (readFrame()) {
      // each frame is kept where it belongs
    }
  }

  /// Reads until the server has ended a stream.
  void readToEnd(int stream) throws IOException {
    while (!ended.contains(stream)) {
      readFrame();
    }
  }

  /// Reads a frame; whether more may come.
  boolean readFrame() throws IOException {
    var first = in.readInt();
    var flagsAndLength = in.readInt();
    var length = flagsAndLength & 0xffffff;
    var body = in.readNBytes(length);
    if (first >= 0) {
      if (flagsAndLength >>> 24 == 1) {
        ended.add(first);
      }
      received
          .computeIfAbsent(first, _ -> new StringBuilder())
          .append(new String(body, StandardCharsets.UTF_8));
    } else if ((first & 0xffff) == 2) {
      headers.read(body, 4);
      replies++;
    } else if ((first & 0xffff) == 6) {
      pings++;
    }
    return first >= 0 || (first & 0xffff) != 7;
  }

  String received(int stream) {
    return received.getOrDefault(stream, new StringBuilder()).toString();
  }

  int replies() {
    return replies;
  }

  int pings() {
    return pings;
  }
}
