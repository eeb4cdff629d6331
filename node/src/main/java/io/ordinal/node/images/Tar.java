package io.ordinal.node.images;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A tar archive in memory (ustar), the same bytes for the same entries: all belong to root and are
/// as old as the epoch.
final class Tar {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Tar folder(String name, int mode) {
    return entry(name + "/", '5', mode, "", new byte[0]);
  }

  Tar file(String name, int mode, byte[] content) {
    return entry(name, '0', mode, "", content);
  }

  Tar file(String name, int mode, String content) {
    return file(name, mode, content.getBytes(StandardCharsets.UTF_8));
  }

  Tar link(String name, String target) {
    return entry(name, '2', 0777, target, new byte[0]);
  }

  /// The archive, ended by two empty blocks.
  byte[] bytes() {
    var all = new ByteArrayOutputStream();
    all.writeBytes(out.toByteArray());
    all.writeBytes(new byte[2 * BLOCK]);
    return all.toByteArray();
  }

  private Tar entry(String name, char type, int mode, String target, byte[] content) {
    var header = new byte[BLOCK];
    text(header, 0, 100, name);
    octal(header, 100, 8, mode);
    octal(header, 108, 8, 0);
    octal(header, 116, 8, 0);
    octal(header, 124, 12, content.length);
    octal(header, 136, 12, 0);
    header[156] = (byte) type;
    text(header, 157, 100, target);
    text(header, 257, 8, "ustar\00000");
    Arrays.fill(header, 148, 156, (byte) ' ');
    var sum = 0;
    for (var each : header) {
      sum += each & 0xff;
    }
    octal(header, 148, 7, sum);
    out.writeBytes(header);
    out.writeBytes(content);
    out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    return this;
  }

  private static void text(byte[] header, int at, int room, String value) {
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > room) {
      throw new IllegalArgumentException("too long for a tar archive: " + value);
    }
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static void octal(byte[] header, int at, int room, int value) {
    text(header, at, room, String.format("%0" + (room - 1) + "o", value));
  }
}
