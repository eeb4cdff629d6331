package io.ordinal.server.podsecurity;

import io.ordinal.server.registry.Metadata;
import io.ordinal.server.tree.Tree;
import io.ordinal.server.validation.FieldErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// What a stricter policy would have refused of that which runs already: nothing is stopped, but
/// who sets the label learns what will not come back after a restart.
final class NewPolicy {
  private static final int MOST_PODS = 3000;

  private NewPolicy() {}

  /// @param podsOf the pods of a namespace by its name
  static List<String> warnings(
      ObjectNode namespace, ObjectNode old, Function<String, List<ObjectNode>> podsOf) {
    var now = Policy.of(namespace, new FieldErrors()).enforce();
    var before = Policy.of(old, new FieldErrors()).enforce();
    var looser = now.minor() == before.minor() && now.level().compareTo(before.level()) <= 0;
    if (now.isPrivileged() || looser) return List.of();
    var name = Metadata.name(namespace);
    var pods = oneOfEachFirst(podsOf.apply(name));
    var warnings = new ArrayList<String>();
    if (pods.size() > MOST_PODS) {
      warnings.add(
          "new PodSecurity enforce level only checked against the first %d of %d existing pods"
              .formatted(MOST_PODS, pods.size()));
    }
    var violations = violations(now, pods.subList(0, Math.min(pods.size(), MOST_PODS)));
    if (violations.isEmpty()) return warnings;
    warnings.add(
        "existing pods in namespace \"%s\" violate the new PodSecurity enforce level \"%s\""
            .formatted(name, now));
    var sentences = new TreeSet<String>();
    violations.forEach((reasons, names) -> sentences.add(sentence(reasons, names)));
    warnings.addAll(sentences);
    return warnings;
  }

  /// The names of pods by what they violate.
  private static Map<String, SortedSet<String>> violations(Standard now, List<ObjectNode> pods) {
    var violations = new TreeMap<String, SortedSet<String>>();
    for (var pod : pods) {
      var findings = Checks.findings(now, Subject.of(pod));
      if (findings.isEmpty()) continue;
      var reasons = findings.stream().map(Finding::reason).collect(Collectors.joining(", "));
      violations.computeIfAbsent(reasons, r -> new TreeSet<>()).add(Metadata.name(pod));
    }
    return violations;
  }

  private static String sentence(String reasons, SortedSet<String> names) {
    var others =
        switch (names.size()) {
          case 1 -> "";
          case 2 -> " (and 1 other pod)";
          default -> " (and " + (names.size() - 1) + " other pods)";
        };
    return names.first() + others + ": " + reasons;
  }

  /// Pods of one controller are alike: when not all can be looked at, one of each comes first.
  private static List<ObjectNode> oneOfEachFirst(List<ObjectNode> pods) {
    var controllers = new HashSet<String>();
    var first = new ArrayList<ObjectNode>();
    var rest = new ArrayList<ObjectNode>();
    for (var pod : pods) {
      var controller =
          Tree.objects(pod, "metadata", "ownerReferences").stream()
              .filter(owner -> Tree.flag(owner, "controller"))
              .map(owner -> Tree.text(owner, "uid"))
              .findFirst()
              .orElse("");
      (controller.isEmpty() || controllers.add(controller) ? first : rest).add(pod);
    }
    first.addAll(rest);
    return first;
  }
}
