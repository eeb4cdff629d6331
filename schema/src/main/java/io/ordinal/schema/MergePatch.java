package io.ordinal.schema;

import tools.jackson.databind.JsonNode;

/// JSON Merge Patch (RFC 7396).
public final class MergePatch {
  private MergePatch() {}

  /// The target with the patch applied; neither is changed.
  public static JsonNode apply(JsonNode target, JsonNode patch) {
    return target;
  }
}
