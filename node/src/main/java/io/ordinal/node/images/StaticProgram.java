package io.ordinal.node.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Whether a program runs by itself, in an image that holds nothing else. Read from its ELF header.
final class StaticProgram {
  private static final int INTERPRETER = 3;

  private StaticProgram() {}

  /// Whether it asks for a dynamic loader (program header PT_INTERP of a 64-bit ELF file).
  static boolean needsLibraries(byte[] program) {
    var elf = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    var headers = (int) elf.getLong(32);
    var size = elf.getShort(54);
    var count = elf.getShort(56);
    for (var i = 0; i < count; i++) {
      if (elf.getInt(headers + i * size) == INTERPRETER) {
        return true;
      }
    }
    return false;
  }
}
