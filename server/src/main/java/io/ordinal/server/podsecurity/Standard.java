package io.ordinal.server.podsecurity;

import java.util.Optional;
import java.util.regex.Pattern;

/// A level as it was in some version of Kubernetes: `baseline:latest`, `restricted:v1.25`.
///
/// @param minor the number behind `v1.`
record Standard(Level level, int minor) {
  static final int LATEST = Integer.MAX_VALUE;
  static final Standard PRIVILEGED = new Standard(Level.PRIVILEGED, LATEST);
  private static final Pattern VERSION = Pattern.compile("v1\\.(0|[1-9][0-9]{0,8})");

  /// The minor version that a label names: `latest`, or `v1.25`.
  static Optional<Integer> version(String text) {
    if (text.equals("latest")) return Optional.of(LATEST);
    var version = VERSION.matcher(text);
    return version.matches() ? Optional.of(Integer.parseInt(version.group(1))) : Optional.empty();
  }

  boolean isPrivileged() {
    return level == Level.PRIVILEGED;
  }

  Standard at(Level other) {
    return new Standard(other, minor);
  }

  Standard of(int version) {
    return new Standard(level, version);
  }

  @Override
  public String toString() {
    return level + ":" + (minor == LATEST ? "latest" : "v1." + minor);
  }
}
