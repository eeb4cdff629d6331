package io.ordinal.server.limits;

import io.ordinal.schema.Quantity;
import io.ordinal.server.registry.Ages;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.tree.Tree;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Pods: their number and all that their containers ask for. A pod that has ended uses nothing but
/// its own entry, and neither does one that should be gone by now.
record PodEvaluator() implements Evaluator {
  private static final String COUNT = "count/pods";
  private static final Set<String> COMPUTED = Set.of("cpu", "memory", "ephemeral-storage");

  /// Once a quota counts one of these, every container has to name it.
  private static final Set<String> DEMANDED =
      Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

  @Override
  public boolean handles(Attributes about) {
    return about.creates();
  }

  @Override
  public boolean counts(String resource) {
    return resource.equals(COUNT)
        || resource.equals("pods")
        || COMPUTED.contains(resource)
        || resource.startsWith("hugepages-")
        || (resource.startsWith("limits.") && COMPUTED.contains(resource.substring(7)))
        || (resource.startsWith("requests.") && countsRequest(resource.substring(9)));
  }

  private static boolean countsRequest(String name) {
    return COMPUTED.contains(name) || name.startsWith("hugepages-") || isExtended(name);
  }

  /// Named by somebody else than Kubernetes, such as `example.com/gpu`.
  private static boolean isExtended(String name) {
    return name.contains("/") && !name.contains("kubernetes.io/");
  }

  @Override
  public Map<String, Quantity> usage(ObjectNode pod, Instant now) {
    var usage = new TreeMap<String, Quantity>();
    usage.put(COUNT, Quantity.of(1));
    if (hasEnded(pod) || now.isAfter(usesLessAfter(pod))) return usage;
    usage.put("pods", Quantity.of(1));
    usage.putAll(
        computed(
            PodResources.withOverhead(pod, "requests"), PodResources.withOverhead(pod, "limits")));
    return usage;
  }

  private static boolean hasEnded(ObjectNode pod) {
    return switch (Tree.text(pod, "status", "phase")) {
      case "Succeeded", "Failed" -> true;
      default -> false;
    };
  }

  /// Requests and limits under the names that quotas know them by.
  private static Map<String, Quantity> computed(
      Map<String, Quantity> requests, Map<String, Quantity> limits) {
    var usage = new TreeMap<String, Quantity>();
    requests.forEach((name, amount) -> {
      if (!countsRequest(name)) return;
      usage.put("requests." + name, amount);
      if (!isExtended(name)) usage.put(name, amount);
    });
    limits.forEach((name, amount) -> {
      if (COMPUTED.contains(name)) usage.put("limits." + name, amount);
    });
    return usage;
  }

  /// A pod whose grace is over twice runs on a node that is lost: its owner is not to pay for it.
  @Override
  public Instant usesLessAfter(ObjectNode pod) {
    var grace = Tree.number(-1, pod, "metadata", "deletionGracePeriodSeconds");
    if (grace < 0 || hasEnded(pod)) return Instant.MAX;
    return Ages.parse(Tree.text(pod, "metadata", "deletionTimestamp"))
        .map(at -> at.plusSeconds(grace))
        .orElse(Instant.MAX);
  }

  @Override
  public boolean isIn(Scope scope, ObjectNode pod) {
    return switch (scope.name()) {
      case "Terminating" -> isLimitedInTime(pod);
      case "NotTerminating" -> !isLimitedInTime(pod);
      case "BestEffort" -> isBestEffort(pod);
      case "NotBestEffort" -> !isBestEffort(pod);
      case "PriorityClass" -> {
        var name = Tree.text(pod, "spec", "priorityClassName");
        yield scope.matches(name.isEmpty() ? Set.of() : Set.of(name));
      }
      case "CrossNamespacePodAffinity" -> looksIntoOtherNamespaces(pod);
      default -> false;
    };
  }

  private static boolean isLimitedInTime(ObjectNode pod) {
    return Tree.number(-1, pod, "spec", "activeDeadlineSeconds") >= 0;
  }

  private static boolean isBestEffort(ObjectNode pod) {
    return Tree.text(pod, "status", "qosClass").equals("BestEffort");
  }

  private static boolean looksIntoOtherNamespaces(ObjectNode pod) {
    return Stream.of("podAffinity", "podAntiAffinity")
        .map(field -> Tree.find(pod, "spec", "affinity", field))
        .flatMap(PodEvaluator::terms)
        .anyMatch(term ->
            !Tree.texts(term, "namespaces").isEmpty() || Tree.has(term, "namespaceSelector"));
  }

  private static Stream<ObjectNode> terms(@Nullable ObjectNode affinity) {
    return Stream.concat(
        Tree.objects(affinity, "requiredDuringSchedulingIgnoredDuringExecution").stream(),
        Tree.objects(affinity, "preferredDuringSchedulingIgnoredDuringExecution").stream()
            .map(preferred -> Tree.find(preferred, "podAffinityTerm"))
            .flatMap(Stream::ofNullable));
  }

  @Override
  public String missing(Collection<String> resources, ObjectNode pod) {
    var whole =
        computed(
            Amounts.at(pod, "spec", "resources", "requests"),
            Amounts.at(pod, "spec", "resources", "limits"));
    var missing = new TreeMap<String, Set<String>>();
    for (var list : List.of("containers", "initContainers")) {
      for (var container : Tree.objects(pod, "spec", list)) {
        var named =
            computed(
                Amounts.at(container, "resources", "requests"),
                Amounts.at(container, "resources", "limits"));
        for (var resource : resources) {
          if (!DEMANDED.contains(resource)
              || named.containsKey(resource)
              || whole.containsKey(resource)) continue;
          missing.computeIfAbsent(resource, r -> new TreeSet<>()).add(Tree.text(container, "name"));
        }
      }
    }
    if (missing.isEmpty()) return "";
    return missing.entrySet().stream()
        .map(entry -> entry.getKey() + " for: " + String.join(",", entry.getValue()))
        .collect(Collectors.joining("; ", "must specify ", ""));
  }
}
