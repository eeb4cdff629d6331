package io.ordinal.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Protobuf's wire format, read front to back.
final class WireReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int end;
  private int at;

  WireReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  boolean hasMore() {
    return at < end;
  }

  /// A field's number and its wire type: `number << 3 | type`.
  int tag() {
    return (int) varint();
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = next();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new DecodeException("proto: integer overflow");
  }

  double fixedDouble() {
    long bits = 0;
    for (int i = 0; i < 8; i++) {
      bits |= (long) (next() & 0xff) << (8 * i);
    }
    return Double.longBitsToDouble(bits);
  }

  /// The next field's bytes, to be read in turn.
  WireReader message() {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw truncated();
    }
    int start = at;
    at += (int) length;
    return new WireReader(bytes, start, at);
  }

  byte[] bytes() {
    WireReader field = message();
    return Arrays.copyOfRange(bytes, field.at, field.end);
  }

  String string() {
    WireReader field = message();
    return new String(bytes, field.at, field.end - field.at, StandardCharsets.UTF_8);
  }

  void skip(int wireType) {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> skipBytes(8);
      case BYTES -> message();
      case FIXED32 -> skipBytes(4);
      default -> throw new DecodeException("proto: illegal wireType " + wireType);
    }
  }

  private void skipBytes(int count) {
    if (count > end - at) {
      throw truncated();
    }
    at += count;
  }

  private byte next() {
    if (at >= end) {
      throw truncated();
    }
    return bytes[at++];
  }

  private static DecodeException truncated() {
    return new DecodeException("unexpected EOF");
  }
}
