package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Nodes.
public final class NodeRules {
  private NodeRules() {}

  /// Checks a node.
  public static void check(ObjectNode node, @Nullable ObjectNode old, FieldErrors errors) {
    taints(node, errors);
    var ranges = Tree.texts(node, "spec", "podCIDRs");
    for (var i = 0; i < ranges.size(); i++) {
      Checks.cidr(ranges.get(i), FieldPath.SPEC.child("podCIDRs").index(i), errors);
    }
    if (old == null) return;
    for (var field : List.of("podCIDR", "providerID")) {
      var was = Tree.text(old, "spec", field);
      if (was.isEmpty() || was.equals(Tree.text(node, "spec", field))) continue;
      errors.forbidden(
          FieldPath.SPEC.child(field),
          "node updates may not change " + field + " except from \"\" to valid");
    }
  }

  private static void taints(ObjectNode node, FieldErrors errors) {
    var seen = new HashSet<String>();
    var taints = Tree.objects(node, "spec", "taints");
    for (var i = 0; i < taints.size(); i++) {
      var taint = taints.get(i);
      var at = FieldPath.SPEC.child("taints").index(i);
      Checks.qualified(Tree.text(taint, "key"), at.child("key"), errors);
      Checks.labelValue(Tree.text(taint, "value"), at.child("value"), errors);
      Checks.requiredOneOf(taint, "effect", SchedulingRules.EFFECTS, at, errors);
      if (!seen.add(Tree.text(taint, "key") + ":" + Tree.text(taint, "effect"))) {
        errors.duplicate(at, taint);
      }
    }
  }
}
