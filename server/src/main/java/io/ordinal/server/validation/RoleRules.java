package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Roles and their bindings (contract G2).
public final class RoleRules {
  public static final String GROUP = "rbac.authorization.k8s.io";
  private static final List<String> ROLES = List.of("ClusterRole", "Role");
  private static final List<String> SUBJECTS = List.of("Group", "ServiceAccount", "User");
  private static final FieldPath ROLE_REF = FieldPath.of("roleRef");

  private RoleRules() {}

  /// What is wrong with a name: it must be one part of a path, and nothing else.
  public static String nameProblem(String name) {
    if (name.equals(".") || name.equals("..")) return "may not be '" + name + "'";
    if (name.contains("/")) return "may not contain '/'";
    return name.contains("%") ? "may not contain '%'" : "";
  }

  /// Checks a Role or a ClusterRole.
  public static void check(ObjectNode role, boolean namespaced, FieldErrors errors) {
    var rules = Tree.objects(role, "rules");
    for (var i = 0; i < rules.size(); i++) {
      rule(rules.get(i), namespaced, FieldPath.of("rules").index(i), errors);
    }
    if (!namespaced && Tree.has(role, "aggregationRule")) aggregation(role, errors);
  }

  private static void rule(
      ObjectNode rule, boolean namespaced, FieldPath path, FieldErrors errors) {
    if (isEmpty(rule, "verbs")) {
      errors.required(path.child("verbs"), "verbs must contain at least one value");
    }
    if (!isEmpty(rule, "nonResourceURLs")) {
      paths(rule, namespaced, path.child("nonResourceURLs"), errors);
      return;
    }
    if (isEmpty(rule, "apiGroups")) {
      errors.required(path.child("apiGroups"), "resource rules must supply at least one api group");
    }
    if (isEmpty(rule, "resources")) {
      errors.required(path.child("resources"), "resource rules must supply at least one resource");
    }
  }

  private static void paths(
      ObjectNode rule, boolean namespaced, FieldPath path, FieldErrors errors) {
    var urls = rule.get("nonResourceURLs");
    if (namespaced) {
      errors.invalid(path, urls, "namespaced rules cannot apply to non-resource URLs");
    }
    if (!isEmpty(rule, "apiGroups")
        || !isEmpty(rule, "resources")
        || !isEmpty(rule, "resourceNames")) {
      errors.invalid(
          path, urls, "rules cannot apply to both regular resources and non-resource URLs");
    }
  }

  private static void aggregation(ObjectNode role, FieldErrors errors) {
    var path = FieldPath.of("aggregationRule", "clusterRoleSelectors");
    var selectors = Tree.objects(role, "aggregationRule", "clusterRoleSelectors");
    if (selectors.isEmpty()) {
      errors.required(
          path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
    }
    for (var i = 0; i < selectors.size(); i++) {
      SelectorRules.check(selectors.get(i), path.index(i), errors);
    }
  }

  /// Checks a RoleBinding or a ClusterRoleBinding, which is about the same role for ever.
  public static void checkBinding(
      ObjectNode binding, @Nullable ObjectNode old, boolean namespaced, FieldErrors errors) {
    roleRef(binding, namespaced, errors);
    var subjects = Tree.objects(binding, "subjects");
    for (var i = 0; i < subjects.size(); i++) {
      subject(subjects.get(i), namespaced, FieldPath.of("subjects").index(i), errors);
    }
    if (old != null && !Tree.same(binding.get("roleRef"), old.get("roleRef"))) {
      errors.invalid(ROLE_REF, binding.get("roleRef"), "cannot change roleRef");
    }
  }

  private static void roleRef(ObjectNode binding, boolean namespaced, FieldErrors errors) {
    var reference = Tree.find(binding, "roleRef");
    var group = Tree.text(reference, "apiGroup");
    if (!group.equals(GROUP)) {
      errors.unsupported(ROLE_REF.child("apiGroup"), group, List.of(GROUP));
    }
    var kind = Tree.text(reference, "kind");
    var kinds = namespaced ? ROLES : List.of("ClusterRole");
    if (!kinds.contains(kind)) errors.unsupported(ROLE_REF.child("kind"), kind, kinds);
    var name = Checks.required(reference, "name", ROLE_REF, errors);
    var problem = nameProblem(name);
    if (!problem.isEmpty()) errors.invalid(ROLE_REF.child("name"), name, problem);
  }

  private static void subject(
      ObjectNode subject, boolean namespaced, FieldPath path, FieldErrors errors) {
    var name = Checks.required(subject, "name", path, errors);
    var kind = Tree.text(subject, "kind");
    switch (kind) {
      case "ServiceAccount" -> account(subject, name, namespaced, path, errors);
      case "User", "Group" -> group(subject, GROUP, path, errors);
      default -> errors.unsupported(path.child("kind"), kind, SUBJECTS);
    }
  }

  private static void account(
      ObjectNode subject, String name, boolean namespaced, FieldPath path, FieldErrors errors) {
    if (!name.isEmpty()) Checks.subdomain(name, path.child("name"), errors);
    group(subject, "", path, errors);
    if (!namespaced) Checks.required(subject, "namespace", path, errors);
  }

  private static void group(ObjectNode subject, String wanted, FieldPath path, FieldErrors errors) {
    var group = Tree.text(subject, "apiGroup");
    if (!group.equals(wanted)) {
      errors.unsupported(path.child("apiGroup"), group, List.of(wanted));
    }
  }

  private static boolean isEmpty(ObjectNode rule, String field) {
    return Tree.elements(rule, field).isEmpty();
  }
}
