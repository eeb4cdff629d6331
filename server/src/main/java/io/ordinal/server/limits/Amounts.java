package io.ordinal.server.limits;

import io.ordinal.schema.Quantity;
import io.ordinal.server.tree.Tree;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Quantities of named resources, in the order of the names.
final class Amounts {
  private Amounts() {}

  /// The amounts in the map at a path of an object.
  static Map<String, Quantity> at(@Nullable JsonNode node, String... path) {
    var amounts = new TreeMap<String, Quantity>();
    Tree.textMap(node, path).forEach((name, text) -> amounts.put(name, Quantity.parse(text)));
    return amounts;
  }

  /// Adds all of `more`.
  static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
    more.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
  }

  /// Takes all of `less` away.
  static void subtract(Map<String, Quantity> sum, Map<String, Quantity> less) {
    less.forEach(
        (name, amount) -> sum.put(name, sum.getOrDefault(name, Quantity.ZERO).minus(amount)));
  }

  /// Makes each amount at least as large as in `other`.
  static void raise(Map<String, Quantity> most, Map<String, Quantity> other) {
    other.forEach(
        (name, amount) -> most.merge(name, amount, (a, b) -> a.compareTo(b) >= 0 ? a : b));
  }
}
