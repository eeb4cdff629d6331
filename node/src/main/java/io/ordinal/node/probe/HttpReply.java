package io.ordinal.node.probe;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;

/// Reads a reply as far as it says that it goes: some servers leave the connection open, asked to
/// close it or not. Of a body only the beginning is of interest.
final class HttpReply {
  private static final int LARGEST_HEAD = 64 << 10;
  private static final int LARGEST_BODY = 10 << 10;

  private final InputStream in;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private HttpReply(InputStream in) {
    this.in = in;
  }

  /// The head and as much of the body, in its chunks if it has some, as there is use for.
  static byte[] read(InputStream in) throws IOException {
    var reply = new HttpReply(in);
    var head = reply.head();
    try {
      reply.body(head);
    } catch (EOFException | SocketTimeoutException e) {
      // the head has said whether it is good
    }
    return reply.bytes.toByteArray();
  }

  private String head() throws IOException {
    while (bytes.size() < LARGEST_HEAD) {
      int next = in.read();
      if (next < 0) break;
      bytes.write(next);
      if (next == '\n' && endsHead()) break;
    }
    return bytes.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
  }

  private boolean endsHead() {
    var all = bytes.toByteArray();
    return all.length >= 4
        && Arrays.equals(
            all, all.length - 4, all.length, "\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 0, 4);
  }

  private void body(String head) throws IOException {
    var length = length(head);
    if (value(head, "transfer-encoding").endsWith("chunked")) {
      chunks();
    } else if (length.isPresent()) {
      copy(length.getAsLong());
    } else if (!hasNoBody(head)) {
      copy(LARGEST_BODY);
    }
  }

  private static boolean hasNoBody(String head) {
    return head.matches("(?s)http/\\S+ (1\\d\\d|204|304)\\b.*");
  }

  private static OptionalLong length(String head) {
    try {
      return OptionalLong.of(Long.parseLong(value(head, "content-length")));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static String value(String head, String name) {
    return head.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  private void chunks() throws IOException {
    int before = bytes.size();
    for (long size = chunkSize(); size > 0 && bytes.size() - before < LARGEST_BODY; ) {
      copy(size);
      line();
      size = chunkSize();
    }
  }

  private long chunkSize() throws IOException {
    var line = line();
    int extension = line.indexOf(';');
    try {
      return Long.parseLong(extension < 0 ? line : line.substring(0, extension).strip(), 16);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.size() > LARGEST_BODY) throw new EOFException();
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  private void copy(long most) throws IOException {
    var block = new byte[(int) Math.min(most, LARGEST_BODY)];
    int left = block.length;
    while (left > 0) {
      int count = in.read(block, 0, left);
      if (count < 0) throw new EOFException();
      bytes.write(block, 0, count);
      left -= count;
    }
  }
}
