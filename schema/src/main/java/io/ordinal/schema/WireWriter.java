package io.ordinal.schema;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Protobuf's wire format, written front to back.
final class WireWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  void string(int field, String value) {
    bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  void bool(int field, boolean value) {
    varint((long) field << 3 | WireReader.VARINT);
    varint(value ? 1 : 0);
  }

  void message(int field, Consumer<WireWriter> content) {
    var nested = new WireWriter();
    content.accept(nested);
    bytes(field, nested.toByteArray());
  }

  private void bytes(int field, byte[] value) {
    varint((long) field << 3 | WireReader.BYTES);
    varint(value.length);
    bytes.writeBytes(value);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
