package io.ordinal.server.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Header blocks of one SPDY/3.1 connection. Each direction is one zlib stream for as long as the
/// connection lives, so blocks must be read and written in the order of the wire.
final class SpdyHeaders implements AutoCloseable {
  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_PAIRS = 256;

  private final Inflater inflater = new Inflater();
  private final Deflater deflater = new Deflater();

  SpdyHeaders() {
    deflater.setDictionary(SpdyDictionary.bytes());
  }

  /// The headers of a block; of several values the first counts.
  Map<String, String> read(byte[] block, int offset) throws IOException {
    var bytes = ByteBuffer.wrap(inflate(block, offset));
    var headers = new TreeMap<String, String>();
    var pairs = number(bytes, MOST_PAIRS);
    for (int i = 0; i < pairs; i++) {
      var name = text(bytes).toLowerCase(Locale.ROOT);
      var value = text(bytes);
      var end = value.indexOf('\0');
      headers.put(name, end < 0 ? value : value.substring(0, end));
    }
    return headers;
  }

  private byte[] inflate(byte[] block, int offset) throws IOException {
    inflater.setInput(block, offset, block.length - offset);
    var out = new ByteArrayOutputStream();
    var buffer = new byte[1024];
    try {
      while (true) {
        var n = inflater.inflate(buffer);
        if (inflater.needsDictionary()) {
          inflater.setDictionary(SpdyDictionary.bytes());
        } else if (n == 0) {
          return out.toByteArray();
        }
        out.write(buffer, 0, n);
        if (out.size() > MOST_BYTES) {
          throw new IOException("a SPDY header block is too large");
        }
      }
    } catch (DataFormatException | IllegalArgumentException e) {
      throw new IOException("a SPDY header block is damaged", e);
    }
  }

  private static String text(ByteBuffer bytes) throws IOException {
    var text = new byte[number(bytes, bytes.remaining())];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static int number(ByteBuffer bytes, int most) throws IOException {
    var number = bytes.remaining() < 4 ? -1 : bytes.getInt();
    if (number < 0 || number > most || number > MOST_BYTES) {
      throw new IOException("a SPDY header block is damaged");
    }
    return number;
  }

  /// The block of these headers.
  byte[] write(Map<String, String> headers) {
    var plain = new ByteArrayOutputStream();
    appendNumber(plain, headers.size());
    headers.forEach((name, value) -> {
      append(plain, name);
      append(plain, value);
    });
    deflater.setInput(plain.toByteArray());
    var out = new ByteArrayOutputStream();
    var buffer = new byte[1024];
    int n;
    do {
      n = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
      out.write(buffer, 0, n);
    } while (n == buffer.length);
    return out.toByteArray();
  }

  private static void append(ByteArrayOutputStream out, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    appendNumber(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void appendNumber(ByteArrayOutputStream out, int number) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
  }

  @Override
  public void close() {
    inflater.end();
    deflater.end();
  }
}
