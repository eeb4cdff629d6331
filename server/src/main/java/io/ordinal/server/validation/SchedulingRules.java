package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Where a pod may run: node selector, tolerations, spreading, gates.
final class SchedulingRules {
  static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  private SchedulingRules() {}

  static void check(ObjectNode spec, FieldPath path, FieldErrors errors) {
    Checks.labels(Tree.textMap(spec, "nodeSelector"), path.child("nodeSelector"), errors);
    var tolerations = Tree.objects(spec, "tolerations");
    for (var i = 0; i < tolerations.size(); i++) {
      toleration(tolerations.get(i), path.child("tolerations").index(i), errors);
    }
    var constraints = Tree.objects(spec, "topologySpreadConstraints");
    var seen = new HashSet<String>();
    for (var i = 0; i < constraints.size(); i++) {
      var at = path.child("topologySpreadConstraints").index(i);
      spread(constraints.get(i), at, errors);
      var pair =
          "{%s, %s}"
              .formatted(
                  Tree.text(constraints.get(i), "topologyKey"),
                  Tree.text(constraints.get(i), "whenUnsatisfiable"));
      if (!seen.add(pair)) errors.duplicate(at.child("{topologyKey, whenUnsatisfiable}"), pair);
    }
    gates(spec, path.child("schedulingGates"), errors);
  }

  /// One toleration.
  static void toleration(ObjectNode toleration, FieldPath path, FieldErrors errors) {
    var key = Tree.text(toleration, "key");
    var operator = Tree.text(toleration, "operator");
    var effect = Tree.text(toleration, "effect");
    if (!key.isEmpty()) Checks.qualified(key, path.child("key"), errors);
    else if (!operator.equals("Exists")) {
      errors.invalid(
          path.child("operator"),
          operator,
          "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
    }
    if (Tree.has(toleration, "tolerationSeconds") && !effect.equals("NoExecute")) {
      errors.invalid(
          path.child("effect"),
          effect,
          "effect must be 'NoExecute' when `tolerationSeconds` is set");
    }
    var value = Tree.text(toleration, "value");
    switch (operator) {
      case "", "Equal" -> Checks.labelValue(value, path.child("operator"), errors);
      case "Exists" -> {
        if (!value.isEmpty()) {
          errors.invalid(
              path.child("operator"),
              toleration,
              "value must be empty when `operator` is 'Exists'");
        }
      }
      case String other ->
          errors.unsupported(path.child("operator"), other, List.of("Equal", "Exists"));
    }
    Checks.oneOf(toleration, "effect", EFFECTS, path, errors);
  }

  private static void spread(ObjectNode constraint, FieldPath path, FieldErrors errors) {
    var skew = Tree.number(0, constraint, "maxSkew");
    if (skew <= 0) errors.invalid(path.child("maxSkew"), skew, "must be greater than zero");
    topologyKey(Tree.text(constraint, "topologyKey"), path.child("topologyKey"), errors);
    var policies = List.of("DoNotSchedule", "ScheduleAnyway");
    var policy = Tree.text(constraint, "whenUnsatisfiable");
    if (!policies.contains(policy)) {
      errors.unsupported(path.child("whenUnsatisfiable"), policy, policies);
    }
    if (Tree.has(constraint, "minDomains")) {
      var domains = Tree.number(0, constraint, "minDomains");
      if (domains <= 0) errors.invalid(path.child("minDomains"), domains, "must be greater than 0");
      if (!policy.equals("DoNotSchedule")) {
        errors.invalid(
            path.child("minDomains"),
            domains,
            "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + policy);
      }
    }
    for (var field : List.of("nodeAffinityPolicy", "nodeTaintsPolicy")) {
      Checks.oneOf(constraint, field, List.of("Honor", "Ignore"), path, errors);
    }
    SelectorRules.check(Tree.at(constraint, "labelSelector"), path.child("labelSelector"), errors);
  }

  /// A label of nodes that tells one place from another.
  static void topologyKey(String key, FieldPath path, FieldErrors errors) {
    if (key.isEmpty()) errors.required(path, "can not be empty");
    else Checks.qualified(key, path, errors);
  }

  private static void gates(ObjectNode spec, FieldPath path, FieldErrors errors) {
    var names = new HashSet<String>();
    var gates = Tree.objects(spec, "schedulingGates");
    for (var i = 0; i < gates.size(); i++) {
      var name = Tree.text(gates.get(i), "name");
      Checks.qualified(name, path.index(i), errors);
      if (!names.add(name)) errors.duplicate(path.index(i), name);
    }
  }
}
