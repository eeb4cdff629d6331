package io.ordinal.server.registry;

import io.ordinal.server.tree.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What labels an object must have. No requirement at all selects everything.
public record LabelSelector(List<Requirement> requirements) {
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  /// How a label's value is compared.
  public enum Operator {
    EQUALS,
    NOT_EQUALS,
    IN,
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST,
    GREATER_THAN,
    LESS_THAN
  }

  /// One condition on one label.
  public record Requirement(String key, Operator operator, Set<String> values) {
    boolean matches(Map<String, String> labels) {
      var value = labels.get(key);
      return switch (operator) {
        case EQUALS, IN -> value != null && values.contains(value);
        case NOT_EQUALS, NOT_IN -> value == null || !values.contains(value);
        case EXISTS -> value != null;
        case DOES_NOT_EXIST -> value == null;
        case GREATER_THAN -> value != null && compare(value) > 0;
        case LESS_THAN -> value != null && compare(value) < 0;
      };
    }

    private int compare(String value) {
      try {
        return Long.compare(Long.parseLong(value), Long.parseLong(values.iterator().next()));
      } catch (NumberFormatException e) {
        return 0;
      }
    }

    @Override
    public String toString() {
      var joined = String.join(",", new TreeSet<>(values));
      return switch (operator) {
        case EQUALS -> key + "=" + joined;
        case NOT_EQUALS -> key + "!=" + joined;
        case IN -> key + " in (" + joined + ")";
        case NOT_IN -> key + " notin (" + joined + ")";
        case EXISTS -> key;
        case DOES_NOT_EXIST -> "!" + key;
        case GREATER_THAN -> key + ">" + joined;
        case LESS_THAN -> key + "<" + joined;
      };
    }
  }

  /// The selector of an object's `spec.selector`. Nothing there selects nothing in Kubernetes: ask
  /// for that before.
  public static LabelSelector of(@Nullable JsonNode selector) {
    var requirements = new ArrayList<Requirement>();
    Tree.textMap(selector, "matchLabels")
        .forEach(
            (key, value) -> requirements.add(new Requirement(key, Operator.EQUALS, Set.of(value))));
    for (var expression : Tree.objects(selector, "matchExpressions")) {
      var operator =
          switch (Tree.text(expression, "operator")) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            default -> Operator.DOES_NOT_EXIST;
          };
      var values = Set.copyOf(Tree.texts(expression, "values"));
      requirements.add(new Requirement(Tree.text(expression, "key"), operator, values));
    }
    requirements.sort(Comparator.comparing(Requirement::key));
    return new LabelSelector(List.copyOf(requirements));
  }

  /// The selector of a plain map of labels, as a Service has it.
  public static LabelSelector ofLabels(Map<String, String> labels) {
    return new LabelSelector(
        labels.entrySet().stream()
            .map(e -> new Requirement(e.getKey(), Operator.EQUALS, Set.of(e.getValue())))
            .sorted(Comparator.comparing(Requirement::key))
            .toList());
  }

  public boolean isEverything() {
    return requirements.isEmpty();
  }

  public boolean matches(Map<String, String> labels) {
    for (var requirement : requirements) {
      if (!requirement.matches(labels)) return false;
    }
    return true;
  }

  /// The form that query parameters and `Scale.status.selector` have.
  @Override
  public String toString() {
    return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
  }
}
