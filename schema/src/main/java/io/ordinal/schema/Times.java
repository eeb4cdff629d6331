package io.ordinal.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Times as Kubernetes writes them.
public final class Times {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Times() {}

  /// `2026-11-23T17:00:00Z`: a `Time`; fractions are cut off.
  public static String seconds(Instant instant) {
    return SECONDS.format(instant.truncatedTo(ChronoUnit.SECONDS));
  }

  /// `2026-11-23T17:00:00.000000Z`: a `MicroTime`; finer fractions are cut off.
  public static String micros(Instant instant) {
    return MICROS.format(instant.truncatedTo(ChronoUnit.MICROS));
  }

  /// RFC 3339 text as a `Time`.
  static String seconds(String text) {
    return text.length() == 20 && isPlain(text) && text.charAt(19) == 'Z'
        ? text
        : seconds(parse(text, "2006-01-02T15:04:05Z07:00"));
  }

  /// RFC 3339 text as a `MicroTime`; other than upstream it need not have its six digits already.
  static String micros(String text) {
    boolean isCanonical =
        text.length() == 27 && isPlain(text) && text.charAt(19) == '.' && text.charAt(26) == 'Z';
    return isCanonical && digits(text, 20, 26) < 1_000_000 && digits(text, 20, 26) >= 0
        ? text
        : micros(parse(text, "2006-01-02T15:04:05.000000Z07:00"));
  }

  private static Instant parse(String text, String layout) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new DecodeException(
          "parsing time \"%s\" as \"%s\": cannot parse \"%s\" as \"2006\""
              .formatted(text, layout, text));
    }
  }

  /// Whether the first 19 characters are a date and time that need no second look.
  private static boolean isPlain(String text) {
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && text.charAt(10) == 'T'
        && text.charAt(13) == ':'
        && text.charAt(16) == ':'
        && digits(text, 0, 4) >= 1
        && isBetween(1, digits(text, 5, 7), 12)
        && isBetween(1, digits(text, 8, 10), 28)
        && isBetween(0, digits(text, 11, 13), 23)
        && isBetween(0, digits(text, 14, 16), 59)
        && isBetween(0, digits(text, 17, 19), 59);
  }

  private static boolean isBetween(int least, int value, int most) {
    return least <= value && value <= most;
  }

  /// The number, or -1 if it has other characters than digits.
  private static int digits(String text, int start, int end) {
    int number = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return number;
  }
}
