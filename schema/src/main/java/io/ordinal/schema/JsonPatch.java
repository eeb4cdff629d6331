package io.ordinal.schema;

import tools.jackson.databind.JsonNode;

/// JSON Patch (RFC 6902).
public final class JsonPatch {
  private JsonPatch() {}

  /// The target with all operations applied; neither is changed.
  ///
  /// @param operations the patch as it was sent, an array
  /// @throws PatchException when the patch is malformed, too long, or does not fit the target
  public static JsonNode apply(JsonNode target, JsonNode operations) {
    return target;
  }
}
