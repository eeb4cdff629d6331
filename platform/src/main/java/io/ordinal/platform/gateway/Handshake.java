package io.ordinal.platform.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The answer of a cluster to the wish for another protocol, read byte by byte: what follows it is
/// no longer HTTP and belongs to the tunnel.
///
/// @param headers by their names in small letters
/// @param body only when the answer is no
record Handshake(int status, Map<String, String> headers, byte[] body) {

  static final int SWITCHED = 101;

  private static final int MOST_HEAD_BYTES = 32 * 1024;
  private static final int MOST_BODY_BYTES = 256 * 1024;

  static Handshake read(InputStream in) throws IOException {
    var lines = head(in);
    var words = lines.getFirst().split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/1.1") || !words[1].matches("\\d{3}")) {
      throw new IOException("not an answer in HTTP/1.1");
    }
    var headers = new TreeMap<String, String>();
    for (var line : lines.subList(1, lines.size())) {
      var colon = line.indexOf(':');
      if (colon <= 0) throw new IOException("not a header");
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    var status = Integer.parseInt(words[1]);
    return new Handshake(status, headers, status == SWITCHED ? new byte[0] : body(in, headers));
  }

  private static List<String> head(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int ends = 0; ends < 2; ) {
      var b = in.read();
      if (b < 0) throw new IOException("it closed the connection");
      if (bytes.size() >= MOST_HEAD_BYTES) throw new IOException("its headers are too long");
      bytes.write(b);
      if (b == '\n') ends++;
      else if (b != '\r') ends = 0;
    }
    return bytes.toString(StandardCharsets.ISO_8859_1).strip().lines().toList();
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) return chunks(in);
    var length = headers.get("content-length");
    return in.readNBytes(
        length == null ? MOST_BODY_BYTES : Math.clamp(Long.parseLong(length), 0, MOST_BODY_BYTES));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    var body = new ByteArrayOutputStream();
    while (body.size() < MOST_BODY_BYTES) {
      var size = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
      if (size <= 0) break;
      body.write(in.readNBytes(Math.min(size, MOST_BODY_BYTES)));
      line(in);
    }
    return body.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (var b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (line.length() > 100) throw new IOException("not a chunk");
      line.append((char) b);
    }
    return line.toString();
  }
}
