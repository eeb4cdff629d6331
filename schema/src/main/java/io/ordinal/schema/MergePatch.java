package io.ordinal.schema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON Merge Patch (RFC 7396).
public final class MergePatch {
  private MergePatch() {}

  /// The target with the patch applied; neither is changed.
  public static JsonNode apply(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    if (target instanceof ObjectNode before) {
      before.properties().forEach(property -> result.set(property.getKey(), property.getValue()));
    }
    for (var change : changes.properties()) {
      JsonNode before = result.get(change.getKey());
      if (change.getValue().isNull()) {
        result.remove(change.getKey());
      } else {
        result.set(
            change.getKey(),
            apply(
                before == null ? JsonNodeFactory.instance.nullNode() : before, change.getValue()));
      }
    }
    return result;
  }
}
