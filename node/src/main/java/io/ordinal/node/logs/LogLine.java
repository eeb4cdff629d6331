package io.ordinal.node.logs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;

/// One line of a CRI log: `2026-11-23T17:00:00.123456789Z stdout F text`. `P` marks a part of a
/// line that goes on.
final class LogLine {
  private final String time;
  private final boolean whole;
  private final byte[] content;

  private LogLine(String time, boolean whole, byte[] content) {
    this.time = time;
    this.whole = whole;
    this.content = content;
  }

  /// When it was written, as it says itself.
  String time() {
    return time;
  }

  /// False for a part.
  boolean whole() {
    return whole;
  }

  /// What the container wrote, with the line end if it is whole. Not to be changed.
  byte[] content() {
    return content;
  }

  /// Reads one line without its line end; empty when it is none (a line that was cut by a crash).
  static Optional<LogLine> parse(byte[] line) {
    int first = indexOf(line, ' ', 0);
    int second = first < 0 ? -1 : indexOf(line, ' ', first + 1);
    int third = second < 0 ? -1 : indexOf(line, ' ', second + 1);
    if (third < 0) {
      return Optional.empty();
    }
    var whole = line[second + 1] != 'P';
    var content = Arrays.copyOfRange(line, third + 1, line.length + (whole ? 1 : 0));
    if (whole) content[content.length - 1] = '\n';
    return Optional.of(
        new LogLine(new String(line, 0, first, StandardCharsets.US_ASCII), whole, content));
  }

  private static int indexOf(byte[] bytes, char wanted, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == wanted) return i;
    }
    return -1;
  }

  /// True when it was written at or after a time; a line whose time cannot be read is kept.
  boolean since(Instant from) {
    try {
      return !OffsetDateTime.parse(time).toInstant().isBefore(from);
    } catch (DateTimeParseException e) {
      return true;
    }
  }
}
