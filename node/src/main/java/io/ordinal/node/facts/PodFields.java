package io.ordinal.node.facts;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.ordinal.node.NodeConfig;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a container may be told of its own pod: `fieldRef` and `resourceFieldRef`.
///
/// @param podIps the pod's addresses, empty before it has any
public record PodFields(Pod pod, NodeConfig node, NodeConfig.Size size, List<String> podIps) {
  private static final Pattern KEYED =
      Pattern.compile("metadata\\.(labels|annotations)\\['(.+)'\\]");

  /// The value of a field.
  ///
  /// @throws PodTrouble when there is no such field
  public String value(ObjectFieldSelector selector) {
    var path = selector.getFieldPath();
    var metadata = pod.getMetadata();
    var keyed = KEYED.matcher(path);
    if (keyed.matches()) {
      var map = keyed.group(1).equals("labels") ? metadata.getLabels() : metadata.getAnnotations();
      return map == null ? "" : map.getOrDefault(keyed.group(2), "");
    }
    return switch (path) {
      case "metadata.name" -> metadata.getName();
      case "metadata.namespace" -> metadata.getNamespace();
      case "metadata.uid" -> metadata.getUid();
      case "metadata.labels" -> lines(metadata.getLabels());
      case "metadata.annotations" -> lines(metadata.getAnnotations());
      case "spec.nodeName" -> node.name();
      case "spec.serviceAccountName" -> orEmpty(pod.getSpec().getServiceAccountName());
      case "status.hostIP", "status.hostIPs" -> node.address();
      case "status.podIP" -> podIps.isEmpty() ? "" : podIps.getFirst();
      case "status.podIPs" -> String.join(",", podIps);
      default ->
          throw new PodTrouble("CreateContainerConfigError", "unsupported fieldPath: " + path);
    };
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String lines(@Nullable Map<String, String> map) {
    return map == null
        ? ""
        : new TreeMap<>(map)
            .entrySet().stream()
                .map(e -> e.getKey() + "=\"" + escaped(e.getValue()) + "\"")
                .collect(Collectors.joining("\n"));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  /// The amount of a resource of a container, in units of the divisor, rounded up. A limit that is
  /// not set is what the node has.
  public String value(ResourceFieldSelector selector, Container self) {
    var container =
        selector.getContainerName() == null
            ? self
            : pod.getSpec().getContainers().stream()
                .filter(c -> c.getName().equals(selector.getContainerName()))
                .findFirst()
                .orElse(self);
    var divisor = selector.getDivisor();
    var unit =
        divisor == null || divisor.getNumericalAmount().signum() == 0
            ? BigDecimal.ONE
            : divisor.getNumericalAmount();
    var amount = amount(selector.getResource(), container);
    return amount.divide(unit, 0, RoundingMode.CEILING).toPlainString();
  }

  private BigDecimal amount(String resource, Container container) {
    var dot = resource.indexOf('.');
    var name = resource.substring(dot + 1);
    var resources = container.getResources();
    Map<String, Quantity> given =
        resources == null
            ? Map.of()
            : resource.startsWith("limits") ? resources.getLimits() : resources.getRequests();
    var quantity = given == null ? null : given.get(name);
    if (quantity != null) {
      return quantity.getNumericalAmount();
    }
    return resource.startsWith("limits") ? ofNode(name) : BigDecimal.ZERO;
  }

  private BigDecimal ofNode(String name) {
    return switch (name) {
      case "cpu" -> BigDecimal.valueOf(size.milliCpu(), 3);
      case "memory" -> BigDecimal.valueOf(size.memoryBytes());
      case "ephemeral-storage" -> BigDecimal.valueOf(size.diskBytes());
      default -> BigDecimal.ZERO;
    };
  }
}
