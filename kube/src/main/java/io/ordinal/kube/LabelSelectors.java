package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Label selectors in the form that objects carry. A selector that is absent selects nothing, an
/// empty one everything.
public final class LabelSelectors {
  private LabelSelectors() {}

  public static boolean matches(
      @Nullable LabelSelector selector, @Nullable Map<String, String> labels) {
    if (selector == null) return false;
    var present = labels == null ? Map.<String, String>of() : labels;
    return required(selector).entrySet().stream()
            .allMatch(e -> e.getValue().equals(present.get(e.getKey())))
        && expressions(selector).stream().allMatch(e -> matches(e, present));
  }

  public static boolean isEmpty(LabelSelector selector) {
    return required(selector).isEmpty() && expressions(selector).isEmpty();
  }

  /// As it is written in a query: `app=web,tier in (a,b),!gone`.
  public static String format(LabelSelector selector) {
    var parts = new ArrayList<String>();
    new TreeMap<>(required(selector)).forEach((key, value) -> parts.add(key + "=" + value));
    expressions(selector).forEach(e -> parts.add(format(e)));
    return String.join(",", parts);
  }

  private static Map<String, String> required(LabelSelector selector) {
    return selector.getMatchLabels() == null ? Map.of() : selector.getMatchLabels();
  }

  private static List<LabelSelectorRequirement> expressions(LabelSelector selector) {
    return selector.getMatchExpressions() == null ? List.of() : selector.getMatchExpressions();
  }

  private static boolean matches(LabelSelectorRequirement wanted, Map<String, String> labels) {
    var value = labels.get(wanted.getKey());
    return switch (wanted.getOperator()) {
      case "In" -> value != null && wanted.getValues().contains(value);
      case "NotIn" -> value == null || !wanted.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> throw new IllegalArgumentException("no such operator: " + wanted.getOperator());
    };
  }

  private static String format(LabelSelectorRequirement e) {
    var values = "(" + String.join(",", e.getValues().stream().sorted().toList()) + ")";
    return switch (e.getOperator()) {
      case "In" -> e.getKey() + " in " + values;
      case "NotIn" -> e.getKey() + " notin " + values;
      case "Exists" -> e.getKey();
      case "DoesNotExist" -> "!" + e.getKey();
      default -> throw new IllegalArgumentException("no such operator: " + e.getOperator());
    };
  }
}
