package io.ordinal.server.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// How long ago something was, as kubectl's tables show it.
public final class Ages {
  private Ages() {}

  /// `5s`, `2m3s`, `4h10m`, `3d`; `<unknown>` when the time is absent or unreadable.
  public static String since(String time, Instant now) {
    return parse(time).map(then -> human(Duration.between(then, now))).orElse("<unknown>");
  }

  /// The instant that an object's timestamp names.
  public static Optional<Instant> parse(String time) {
    if (time.isEmpty()) return Optional.empty();
    try {
      return Optional.of(OffsetDateTime.parse(time).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /// A duration with one or two units, the finer one left out as it stops to matter.
  public static String human(Duration duration) {
    var seconds = duration.toSeconds();
    if (seconds < -1) return "<invalid>";
    if (seconds < 0) return "0s";
    if (seconds < 120) return seconds + "s";
    var minutes = seconds / 60;
    if (minutes < 10) return two(minutes, "m", seconds % 60, "s");
    if (minutes < 180) return minutes + "m";
    var hours = minutes / 60;
    if (hours < 8) return two(hours, "h", minutes % 60, "m");
    if (hours < 48) return hours + "h";
    var days = hours / 24;
    if (days < 8) return two(days, "d", hours % 24, "h");
    if (days < 365 * 2) return days + "d";
    var years = days / 365;
    return years < 8 ? two(years, "y", days % 365, "d") : years + "y";
  }

  private static String two(long big, String bigUnit, long small, String smallUnit) {
    return small == 0 ? big + bigUnit : big + bigUnit + small + smallUnit;
  }
}
