package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whether a node is what a selector asks for.
public final class NodeSelectors {
  private NodeSelectors() {}

  /// Whether every wanted pair is among the labels; nothing wanted is always there.
  public static boolean containsAll(Map<String, String> labels, Map<String, String> wanted) {
    return wanted.entrySet().stream()
        .allMatch(e -> Objects.equals(labels.get(e.getKey()), e.getValue()));
  }

  /// A selector of nodes: its terms are alternatives, what stands in a term must all hold, an empty
  /// term selects nothing.
  public static boolean matches(@Nullable NodeSelector selector, Node node) {
    return selector == null
        || selector.getNodeSelectorTerms().stream().anyMatch(t -> matches(t, node));
  }

  /// One term of a node selector; without any requirement it selects nothing.
  public static boolean matches(NodeSelectorTerm term, Node node) {
    List<NodeSelectorRequirement> labels = term.getMatchExpressions();
    List<NodeSelectorRequirement> fields = term.getMatchFields();
    if (labels.isEmpty() && fields.isEmpty()) {
      return false;
    }
    Map<String, String> present = node.getMetadata().getLabels();
    Map<String, String> own = Map.of("metadata.name", node.getMetadata().getName());
    return labels.stream().allMatch(r -> holds(r, present))
        && fields.stream().allMatch(r -> holds(r, own));
  }

  private static boolean holds(NodeSelectorRequirement wanted, Map<String, String> labels) {
    return holds(wanted.getOperator(), wanted.getValues(), labels.get(wanted.getKey()));
  }

  private static boolean holds(String operator, List<String> values, @Nullable String value) {
    return switch (operator) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      case "Gt" -> value != null && compare(value, values) > 0;
      case "Lt" -> value != null && compare(value, values) < 0;
      default -> false;
    };
  }

  /// Zero, which neither `Gt` nor `Lt` accepts, when one of the two is not a whole number.
  private static int compare(String value, List<String> values) {
    try {
      return values.size() == 1
          ? Long.compare(Long.parseLong(value), Long.parseLong(values.getFirst()))
          : 0;
    } catch (NumberFormatException notNumbers) {
      return 0;
    }
  }
}
