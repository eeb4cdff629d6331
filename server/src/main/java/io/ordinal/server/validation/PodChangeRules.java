package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What may change in a pod once it exists (contract K, "Pod update mutability").
public final class PodChangeRules {
  private static final String FORBIDDEN =
      "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

  private PodChangeRules() {}

  /// Compares a pod with what is stored of it.
  public static void check(ObjectNode pod, ObjectNode old, FieldErrors errors) {
    var before = errors.all().size();
    var spec = Tree.make(pod, "spec");
    var was = Tree.make(old, "spec");
    containers(spec, was, "containers", errors);
    containers(spec, was, "initContainers", errors);
    deadline(spec, was, errors);
    tolerations(spec, was, errors);
    var all = Tree.objects(spec, "tolerations");
    for (var i = 0; i < all.size(); i++) {
      SchedulingRules.toleration(all.get(i), FieldPath.SPEC.child("tolerations").index(i), errors);
    }
    gates(spec, was, errors);
    if (errors.all().size() > before) return;
    if (!Tree.same(changeable(spec, was), was)) errors.forbidden(FieldPath.SPEC, FORBIDDEN);
  }

  private static void containers(ObjectNode spec, ObjectNode was, String list, FieldErrors errors) {
    var now = Tree.objects(spec, list);
    if (now.size() != Tree.objects(was, list).size()) {
      errors.forbidden(FieldPath.SPEC.child(list), "pod updates may not add or remove containers");
    }
    for (var i = 0; i < now.size(); i++) {
      if (!Tree.text(now.get(i), "image").isEmpty()) continue;
      errors.required(FieldPath.SPEC.child(list).index(i).child("image"), "");
    }
  }

  private static void deadline(ObjectNode spec, ObjectNode was, FieldErrors errors) {
    var field = "activeDeadlineSeconds";
    if (Tree.same(spec.get(field), was.get(field))) return;
    var path = FieldPath.SPEC.child(field);
    var now = Tree.number(-1, spec, field);
    if (now < 0)
      errors.invalid(
          path, Tree.at(spec, field), "must not update from a positive integer to nil value");
    else if (was.has(field) && now > Tree.number(0, was, field)) {
      errors.invalid(path, now, "must be less than or equal to previous value");
    }
  }

  private static void tolerations(ObjectNode spec, ObjectNode was, FieldErrors errors) {
    var now = Tree.objects(spec, "tolerations");
    for (var toleration : Tree.objects(was, "tolerations")) {
      if (now.stream().anyMatch(other -> sameButSeconds(other, toleration))) continue;
      errors.forbidden(
          FieldPath.SPEC.child("tolerations"),
          "existing toleration can not be modified except its tolerationSeconds");
      return;
    }
  }

  private static boolean sameButSeconds(ObjectNode one, ObjectNode other) {
    var like = one.deepCopy();
    Tree.carry("tolerationSeconds", other, like);
    return Tree.same(like, other);
  }

  private static void gates(ObjectNode spec, ObjectNode was, FieldErrors errors) {
    var before = Tree.objects(was, "schedulingGates");
    for (var gate : Tree.objects(spec, "schedulingGates")) {
      if (before.stream().anyMatch(other -> Tree.same(other, gate))) continue;
      errors.forbidden(
          FieldPath.SPEC.child("schedulingGates").key(Tree.text(gate, "name")),
          "only deletion is allowed, but found new scheduling gate '"
              + Tree.text(gate, "name")
              + "'");
    }
  }

  /// The new spec with all that may differ as it was.
  private static ObjectNode changeable(ObjectNode spec, ObjectNode was) {
    var like = spec.deepCopy();
    for (var list : List.of("containers", "initContainers")) images(like, was, list);
    Tree.carry("activeDeadlineSeconds", was, like);
    Tree.carry("tolerations", was, like);
    if (!Tree.objects(was, "schedulingGates").isEmpty()) {
      for (var field : List.of("schedulingGates", "nodeSelector", "affinity"))
        Tree.carry(field, was, like);
    }
    var grace = "terminationGracePeriodSeconds";
    if (Tree.number(0, was, grace) < 0 && Tree.number(0, like, grace) == 1)
      Tree.carry(grace, was, like);
    return like;
  }

  private static void images(ObjectNode like, ObjectNode was, String list) {
    if (!(like.get(list) instanceof ArrayNode now) || !(was.get(list) instanceof ArrayNode before))
      return;
    for (var i = 0; i < Math.min(now.size(), before.size()); i++) {
      if (now.get(i) instanceof ObjectNode a && before.get(i) instanceof ObjectNode b) {
        Tree.carry("image", b, a);
      }
    }
  }
}
