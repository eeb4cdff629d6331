package io.ordinal.node.logs;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads a log line by line, from its beginning or from so many lines before its end, and on when
/// it grows or is rotated away.
final class LogTail implements Closeable {
  private static final int BLOCK = 64 << 10;

  private final Path path;
  private RandomAccessFile file;
  private Object key;
  private byte[] held = new byte[0];
  private int used;

  /// `lastLines` < 0 begins at the beginning.
  LogTail(Path path, int lastLines) throws IOException {
    this.path = path;
    this.file = new RandomAccessFile(path.toFile(), "r");
    this.key = key(path);
    if (lastLines >= 0) file.seek(beginOfLast(lastLines));
  }

  private static Object key(Path path) throws IOException {
    return Files.getAttribute(path, "unix:ino");
  }

  /// Goes backwards over line ends; parts of one long line count as one.
  private long beginOfLast(int lines) throws IOException {
    long end = file.length();
    int found = 0;
    var block = new byte[BLOCK];
    for (long from = end; from > 0; ) {
      long to = from;
      from = Math.max(0, from - BLOCK);
      file.seek(from);
      int length = (int) (to - from);
      file.readFully(block, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        if (block[i] == '\n' && from + i != end - 1 && ++found > lines - 1) {
          return lines == 0 ? end : from + i + 1;
        }
      }
    }
    return lines == 0 ? end : 0;
  }

  /// The next line that is complete in the file, null when there is none (yet).
  @Nullable LogLine next() throws IOException {
    while (true) {
      for (int i = used; i < held.length; i++) {
        if (held[i] == '\n') {
          var line = LogLine.parse(Arrays.copyOfRange(held, used, i));
          used = i + 1;
          if (line.isPresent()) return line.get();
        }
      }
      if (!readMore() && !nextFile()) {
        return null;
      }
    }
  }

  private boolean readMore() throws IOException {
    var block = new byte[BLOCK];
    int count = file.read(block);
    if (count <= 0) {
      return false;
    }
    int rest = held.length - used;
    var joined = Arrays.copyOfRange(held, used, used + rest + count);
    System.arraycopy(block, 0, joined, rest, count);
    held = joined;
    used = 0;
    return true;
  }

  /// After a rotation the path names another file. What came into the old one since it was read to
  /// its end comes first.
  private boolean nextFile() throws IOException {
    if (!Files.exists(path) || key(path).equals(key)) {
      return false;
    }
    if (readMore()) {
      return true;
    }
    file.close();
    file = new RandomAccessFile(path.toFile(), "r");
    key = key(path);
    held = new byte[0];
    used = 0;
    return true;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
