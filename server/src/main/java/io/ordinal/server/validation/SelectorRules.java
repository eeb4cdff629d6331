package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Label selectors inside objects.
public final class SelectorRules {
  private SelectorRules() {}

  /// Checks `matchLabels` and `matchExpressions`.
  public static void check(@Nullable JsonNode selector, FieldPath path, FieldErrors errors) {
    for (var label : Tree.textMap(selector, "matchLabels").entrySet()) {
      label(label, path.child("matchLabels"), errors);
    }
    var expressions = Tree.objects(selector, "matchExpressions");
    for (var i = 0; i < expressions.size(); i++) {
      expression(expressions.get(i), path.child("matchExpressions").index(i), errors);
    }
  }

  private static void label(Map.Entry<String, String> label, FieldPath path, FieldErrors errors) {
    if (!Names.isQualified(label.getKey())) {
      errors.invalid(path, label.getKey(), MetadataRules.QUALIFIED_RULE);
    }
    if (!Names.isLabelValue(label.getValue())) {
      errors.invalid(path, label.getValue(), MetadataRules.LABEL_VALUE_RULE);
    }
  }

  private static void expression(ObjectNode expression, FieldPath path, FieldErrors errors) {
    var values = Tree.texts(expression, "values");
    switch (Tree.text(expression, "operator")) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          errors.required(
              path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          errors.forbidden(
              path.child("values"),
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case String other ->
          errors.invalid(path.child("operator"), other, "not a valid selector operator");
    }
    var key = Tree.text(expression, "key");
    if (!Names.isQualified(key))
      errors.invalid(path.child("key"), key, MetadataRules.QUALIFIED_RULE);
    for (var i = 0; i < values.size(); i++) {
      if (Names.isLabelValue(values.get(i))) continue;
      errors.invalid(path.child("values").index(i), values.get(i), MetadataRules.LABEL_VALUE_RULE);
    }
  }

  /// Whether a selector asks for nothing.
  public static boolean isEmpty(@Nullable JsonNode selector) {
    return Tree.textMap(selector, "matchLabels").isEmpty()
        && Tree.objects(selector, "matchExpressions").isEmpty();
  }

  /// Whether labels are what a valid selector asks for.
  public static boolean matches(@Nullable JsonNode selector, Map<String, String> labels) {
    for (var label : Tree.textMap(selector, "matchLabels").entrySet()) {
      if (!label.getValue().equals(labels.get(label.getKey()))) return false;
    }
    for (var expression : Tree.objects(selector, "matchExpressions")) {
      if (!matches(expression, labels)) return false;
    }
    return true;
  }

  private static boolean matches(ObjectNode expression, Map<String, String> labels) {
    var value = labels.get(Tree.text(expression, "key"));
    List<String> values = Tree.texts(expression, "values");
    return switch (Tree.text(expression, "operator")) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      default -> value == null;
    };
  }
}
