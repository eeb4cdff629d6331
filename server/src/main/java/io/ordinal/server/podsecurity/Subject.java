package io.ordinal.server.podsecurity;

import io.ordinal.server.registry.Metadata;
import io.ordinal.server.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A pod, or the template of one, as checks look at it.
///
/// @param containers all of them: init containers, containers, ephemeral containers
record Subject(Map<String, String> annotations, ObjectNode spec, List<ObjectNode> containers) {
  static final String CONTEXT = "securityContext";

  static Subject of(ObjectNode podOrTemplate) {
    var spec = Tree.find(podOrTemplate, "spec");
    var containers = new ArrayList<ObjectNode>();
    for (var list : List.of("initContainers", "containers", "ephemeralContainers")) {
      containers.addAll(Tree.objects(spec, list));
    }
    return new Subject(
        Metadata.annotations(podOrTemplate), spec == null ? Tree.object() : spec, containers);
  }

  /// The names of the containers for which something holds.
  List<String> where(Predicate<ObjectNode> holds) {
    return containers.stream().filter(holds).map(c -> Tree.text(c, "name")).toList();
  }

  /// What is said for the pod as a whole.
  @Nullable ObjectNode context() {
    return Tree.find(spec, CONTEXT);
  }

  static @Nullable ObjectNode context(ObjectNode container) {
    return Tree.find(container, CONTEXT);
  }

  /// Root in such a pod is nobody on the node.
  boolean hasUsersOfItsOwn() {
    var hostUsers = Tree.at(spec, "hostUsers");
    return hostUsers != null && !hostUsers.booleanValue(true);
  }

  boolean isForWindows() {
    return Tree.text(spec, "os", "name").equals("windows");
  }

  /// `pod and containers "a", "b"`: those who say something forbidden.
  static String setters(boolean pod, List<String> containers) {
    if (containers.isEmpty()) return "pod";
    return (pod ? "pod and " : "") + Finding.containers(containers);
  }
}
