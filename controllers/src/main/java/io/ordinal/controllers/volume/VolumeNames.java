package io.ordinal.controllers.volume;

import java.util.regex.Pattern;

/// The names of provisioned volumes.
final class VolumeNames {
  private static final Pattern PROVISIONED =
      Pattern.compile("pvc-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private VolumeNames() {}

  static String forClaim(String uid) {
    return "pvc-" + uid;
  }

  static String checked(String name) {
    if (!PROVISIONED.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a provisioned volume: " + name);
    }
    return name;
  }
}
