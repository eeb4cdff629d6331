package io.ordinal.controllers.quota;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/// Sums by the name of the resource.
final class Usage {
  private final Map<String, Amount> sums = new TreeMap<>();

  void add(String name, Amount amount) {
    sums.merge(name, amount, Amount::plus);
  }

  /// The sums of these names; what was never added is zero.
  Map<String, Quantity> of(Collection<String> names) {
    Map<String, Quantity> found = new TreeMap<>();
    names.forEach(name -> found.put(name, sums.getOrDefault(name, Amount.ZERO).quantity()));
    return found;
  }

  /// Whether both say the same, however it is written.
  static boolean same(Map<String, Quantity> a, Map<String, Quantity> b) {
    return values(a).equals(values(b));
  }

  private static Map<String, String> values(Map<String, Quantity> quantities) {
    Map<String, String> values = new TreeMap<>();
    quantities.forEach((name, quantity) ->
        values.put(name, quantity.getNumericalAmount().stripTrailingZeros().toPlainString()));
    return values;
  }
}
