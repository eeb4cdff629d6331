package io.ordinal.server.rbac;

import io.ordinal.server.tree.Tree;
import tools.jackson.databind.node.ObjectNode;

/// Which Role or ClusterRole.
///
/// @param namespace empty for a ClusterRole
record RoleKey(String namespace, String name) {

  /// What a binding's `roleRef` speaks of.
  static RoleKey referredBy(ObjectNode binding, String namespace) {
    var cluster = Tree.text(binding, "roleRef", "kind").equals("ClusterRole");
    return new RoleKey(cluster ? "" : namespace, Tree.text(binding, "roleRef", "name"));
  }

  String kind() {
    return namespace.isEmpty() ? "ClusterRole" : "Role";
  }

  String plural() {
    return namespace.isEmpty() ? "clusterroles" : "roles";
  }
}
