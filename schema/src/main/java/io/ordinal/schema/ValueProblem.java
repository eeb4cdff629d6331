package io.ordinal.schema;

import tools.jackson.databind.JsonNode;

/// Something in a value that its schema does not allow.
///
/// @param path `spec.ports[0].name`
/// @param value what stands there
/// @param detail worded as upstream words it; `""` when the type says all
/// @param limits the allowed number, or the allowed values
public record ValueProblem(Type type, String path, JsonNode value, String detail, JsonNode limits) {

  /// In what way the value is wrong.
  public enum Type {
    REQUIRED,
    INVALID,
    WRONG_TYPE,
    UNSUPPORTED,
    DUPLICATE,
    TOO_LONG,
    TOO_MANY
  }
}
