package io.ordinal.server.rbac;

import io.ordinal.server.User;
import io.ordinal.server.tree.Tree;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One subject of one binding.
///
/// @param namespace where it holds; empty for everywhere
/// @param shown the subject as upstream's reasons show it
record Grant(String namespace, String binding, RoleKey role, Subject subject, String shown) {

  /// A user, who may be a service account, or a group.
  record Subject(boolean group, String name) {}

  /// Every subject of a RoleBinding or ClusterRoleBinding.
  static List<Grant> allOf(ObjectNode binding) {
    var namespace = Tree.text(binding, "metadata", "namespace");
    return Tree.elements(binding, "subjects").stream()
        .map(subject -> of(binding, namespace, subject))
        .toList();
  }

  private static Grant of(ObjectNode binding, String namespace, JsonNode subject) {
    var kind = Tree.text(subject, "kind");
    var name = Tree.text(subject, "name");
    var home = Tree.text(subject, "namespace");
    var account = kind.equals("ServiceAccount");
    if (account && home.isEmpty()) home = namespace;
    var who = account ? User.serviceAccountName(home, name) : name;
    var shown = kind + " \"" + name + (account ? "/" + home : "") + '"';
    return new Grant(
        namespace,
        Tree.text(binding, "metadata", "name"),
        RoleKey.referredBy(binding, namespace),
        new Subject(kind.equals("Group"), who),
        shown);
  }

  /// Why somebody may, in upstream's words.
  String reason() {
    return "RBAC: allowed by "
        + (namespace.isEmpty()
            ? "ClusterRoleBinding \"" + binding
            : "RoleBinding \"" + binding + "/" + namespace)
        + "\" of "
        + role.kind()
        + " \""
        + role.name()
        + "\" to "
        + shown;
  }
}
