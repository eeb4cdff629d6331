package io.ordinal.server.podsecurity;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/// Something that a pod must not have.
///
/// @param reason short: `hostPort`
/// @param detail who and what: `container "c" uses hostPort 80`
record Finding(String reason, String detail) {

  static Optional<Finding> of(String reason, String detail) {
    return Optional.of(new Finding(reason, detail));
  }

  /// `container "a"`, or `containers "a", "b"`
  static String containers(Collection<String> names) {
    return plural("container", names.size()) + " " + quoted(names);
  }

  static String plural(String word, int count) {
    return count == 1 ? word : word + "s";
  }

  static String uses(int count) {
    return count == 1 ? "uses" : "use";
  }

  static String quoted(Collection<String> texts) {
    return texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return detail.isEmpty() ? reason : reason + " (" + detail + ")";
  }
}
