package io.ordinal.platform.why.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What clusters say in messages, found again.
final class Words {
  private Words() {}

  /// Whether one of these is said, in whatever case.
  static boolean says(String message, String... words) {
    var lower = message.toLowerCase(Locale.ROOT);
    return Arrays.stream(words).anyMatch(lower::contains);
  }

  /// What the pattern's first group holds.
  static Optional<String> find(Pattern pattern, String message) {
    var matcher = pattern.matcher(message);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
