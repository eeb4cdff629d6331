package io.ordinal.server.stream;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The client's end of SPDY/3.1, as far as a command needs it.
final class SpdyClient {
  private final DataInputStream in;
  private final OutputStream out;
  private final SpdyHeaders headers = new SpdyHeaders();
  private final Map<Integer, StringBuilder> received = new HashMap<>();
  private int next = 1;
  private int replies;
  private int pings;

  SpdyClient(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  int open(String type) throws IOException {
    var stream = next;
    next += 2;
    var block = headers.write(Map.of("streamtype", type));
    var body = ByteBuffer.allocate(10 + block.length).putInt(stream).putInt(0).putShort((short) 0);
    frame(0x80030001, 0, body.put(block).array());
    return stream;
  }

  void send(int stream, String text, boolean last) throws IOException {
    frame(stream, last ? 1 : 0, text.getBytes(StandardCharsets.UTF_8));
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
    while (true) {
      var first = in.readInt();
      var length = in.readInt() & 0xffffff;
      var body = in.readNBytes(length);
      if (first >= 0) {
        received
            .computeIfAbsent(first, _ -> new StringBuilder())
            .append(new String(body, StandardCharsets.UTF_8));
      } else if ((first & 0xffff) == 2) {
        headers.read(body, 4);
        replies++;
      } else if ((first & 0xffff) == 6) {
        pings++;
      } else if ((first & 0xffff) == 7) {
        return;
      }
    }
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
