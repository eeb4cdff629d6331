package io.ordinal.server.podsecurity;

import java.util.Locale;
import java.util.Optional;

/// How much a pod may ask of its node, the loosest first.
enum Level {
  PRIVILEGED,
  BASELINE,
  RESTRICTED;

  static Optional<Level> of(String word) {
    for (var level : values()) if (level.toString().equals(word)) return Optional.of(level);
    return Optional.empty();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
