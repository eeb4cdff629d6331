package io.ordinal.schema;

import tools.jackson.core.TokenStreamContext;

/// Where a parser stands, as upstream's messages write it.
final class JsonPath {
  /// Marks a map's place in the parser's context: upstream leaves keys out of type errors.
  static final Object MAP = new Object();

  private JsonPath() {}

  /// `spec.template.spec.containers[0].foo`.
  static String withIndexes(TokenStreamContext context) {
    return write(context, true);
  }

  /// `spec.template.spec.containers.foo`.
  static String ofFields(TokenStreamContext context) {
    return write(context, false);
  }

  private static String write(TokenStreamContext context, boolean indexes) {
    var path = new StringBuilder();
    for (TokenStreamContext at = context; at != null && !at.inRoot(); at = at.getParent()) {
      if (at.inArray()) {
        path.insert(0, indexes ? "[" + at.getCurrentIndex() + "]" : "");
      } else if (at.currentName() != null && (indexes || at.currentValue() != MAP)) {
        path.insert(0, "." + at.currentName());
      }
    }
    return path.isEmpty() ? "" : path.substring(1);
  }
}
