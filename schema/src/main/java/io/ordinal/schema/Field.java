package io.ordinal.schema;

import tools.jackson.databind.JsonNode;

/// One field of an [ObjectType].
///
/// @param name as in JSON
/// @param required listed as required by the published schema
/// @param keepsZero a present zero (0, false, "") means something else than an absent field:
///   upstream declares a pointer, or always writes the field
/// @param merging how patches meet here
public record Field(
    String name, FieldType type, boolean required, boolean keepsZero, Merging merging) {

  /// Whether the value means the same as no value, and is not kept.
  boolean leavesOut(JsonNode value) {
    return switch (type) {
      case FieldType.ListOf _, FieldType.MapOf _ -> value.isEmpty();
      case FieldType.Ref _ -> false;
      case FieldType.Scalar _ -> !keepsZero && isZero(value);
    };
  }

  private static boolean isZero(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> value.stringValue().isEmpty();
      case NUMBER -> value.isIntegralNumber() && value.longValue() == 0;
      case BOOLEAN -> !value.booleanValue();
      case ARRAY, BINARY, MISSING, NULL, OBJECT, POJO -> false;
    };
  }
}
