package io.ordinal.bench;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/// Cuts a stream of bytes into lines, without decoding them: a watcher reads megabytes a second and
/// looks for a few bytes in them.
final class Lines implements Consumer<ByteBuffer> {

  /// One line, without its end.
  interface Reader {
    /// The line stands in `bytes` from `from` (inclusive) to `to` (exclusive), until this returns.
    void line(byte[] bytes, int from, int to);
  }

  private final Reader reader;
  private byte[] buffer = new byte[4096];
  private int length;

  Lines(Reader reader) {
    this.reader = reader;
  }

  @Override
  public void accept(ByteBuffer piece) {
    var added = piece.remaining();
    if (length + added > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + added));
    }
    piece.get(buffer, length, added);
    var begin = 0;
    for (var i = length; i < length + added; i++) {
      if (buffer[i] == '\n') {
        reader.line(buffer, begin, i);
        begin = i + 1;
      }
    }
    length += added - begin;
    System.arraycopy(buffer, begin, buffer, 0, length);
  }

  /// Where `wanted` begins in a part of `bytes`, or -1.
  static int find(byte[] wanted, byte[] bytes, int from, int to) {
    for (var at = from; at <= to - wanted.length; at++) {
      if (bytes[at] == wanted[0]
          && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }
}
