package io.ordinal.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Fills values with the defaults of their schema, from the outside in: a default may be completed
/// by defaults below it.
final class StructuralDefaults {
  private StructuralDefaults() {}

  static void fill(@Nullable JsonNode value, StructuralSchema schema) {
    switch (value) {
      case ObjectNode object -> fillFields(object, schema);
      case ArrayNode list -> list.forEach(item -> fill(item, schema.itemsOrAny()));
      case null, default -> {}
    }
  }

  private static void fillFields(ObjectNode object, StructuralSchema schema) {
    for (var property : schema.properties().entrySet()) {
      JsonNode wanted = property.getValue().defaultValue();
      JsonNode present = object.get(property.getKey());
      boolean absent = present == null || (present.isNull() && !property.getValue().nullable());
      if (wanted != null && absent) {
        object.set(property.getKey(), wanted.deepCopy());
      }
    }
    for (var field : object.properties()) {
      if (!field.getValue().isContainer()) {
        continue;
      }
      StructuralSchema below = schema.field(field.getKey());
      if (below != null) {
        fill(field.getValue(), below);
      }
    }
  }
}
