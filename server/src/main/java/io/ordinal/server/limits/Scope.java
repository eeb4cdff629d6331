package io.ordinal.server.limits;

import java.util.List;
import java.util.Set;

/// Which objects a quota is about, by one of their properties.
///
/// @param operator In, NotIn, Exists or DoesNotExist
record Scope(String name, String operator, List<String> values) {

  /// Whether an object with these values of the property is meant; most objects have one or none.
  boolean matches(Set<String> found) {
    return switch (operator) {
      case "In" -> found.stream().anyMatch(values::contains);
      case "NotIn" -> found.isEmpty() || !values.containsAll(found);
      case "Exists" -> !found.isEmpty();
      default -> found.isEmpty();
    };
  }
}
