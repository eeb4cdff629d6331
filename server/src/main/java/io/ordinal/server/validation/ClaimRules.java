package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// PersistentVolumeClaims (contract K, "PVC update").
public final class ClaimRules {
  static final List<String> ACCESS_MODES =
      List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
  private static final String UNCHANGEABLE =
      "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";

  private ClaimRules() {}

  /// Checks a claim that is already defaulted.
  public static void check(ObjectNode claim, @Nullable ObjectNode old, FieldErrors errors) {
    if (old == null) spec(Tree.make(claim, "spec"), FieldPath.SPEC, errors);
    else change(Tree.make(claim, "spec"), old, errors);
  }

  /// What any claim must say, also one that a StatefulSet or a pod describes.
  static void spec(ObjectNode spec, FieldPath path, FieldErrors errors) {
    accessModes(spec, path.child("accessModes"), errors);
    SelectorRules.check(Tree.at(spec, "selector"), path.child("selector"), errors);
    var storage = Tree.text(spec, "resources", "requests", "storage");
    var at = path.child("resources").key("storage");
    if (storage.isEmpty()) errors.required(at, "");
    else if (Checks.quantity(storage).signum() <= 0) {
      errors.invalid(at, storage, "must be greater than zero");
    }
    Checks.otherName(spec, "storageClassName", path, errors);
    Checks.otherName(spec, "volumeAttributesClassName", path, errors);
    Checks.oneOf(spec, "volumeMode", List.of("Block", "Filesystem"), path, errors);
    for (var source : List.of("dataSource", "dataSourceRef")) {
      var from = Tree.find(spec, source);
      if (from != null) {
        Checks.allRequired(from, List.of("name", "kind"), path.child(source), errors);
      }
    }
  }

  /// At least one, and the exclusive one alone.
  static void accessModes(ObjectNode spec, FieldPath path, FieldErrors errors) {
    var modes = Tree.texts(spec, "accessModes");
    if (modes.isEmpty()) errors.required(path, "at least 1 access mode is required");
    for (var mode : modes) {
      if (!ACCESS_MODES.contains(mode)) errors.unsupported(path, mode, ACCESS_MODES);
    }
    if (modes.contains("ReadWriteOncePod") && modes.size() > 1) {
      errors.forbidden(path, "may not use ReadWriteOncePod with other access modes");
    }
  }

  private static void change(ObjectNode spec, ObjectNode old, FieldErrors errors) {
    var was = Tree.make(old.deepCopy(), "spec");
    var like = spec.deepCopy();
    if (Tree.text(was, "volumeName").isEmpty()) Tree.carry("volumeName", was, like);
    if (Tree.text(old, "status", "phase").equals("Bound")) {
      carryRequest(was, like);
      Tree.carry("volumeAttributesClassName", was, like);
      growth(spec, was, old, errors);
    }
    if (!Tree.has(was, "storageClassName")) Tree.carry("storageClassName", was, like);
    if (!Tree.same(like, was)) errors.forbidden(FieldPath.SPEC, UNCHANGEABLE);
  }

  private static void carryRequest(ObjectNode was, ObjectNode like) {
    var before = Tree.text(was, "resources", "requests", "storage");
    if (!before.isEmpty()) Tree.make(like, "resources", "requests").put("storage", before);
  }

  private static void growth(ObjectNode spec, ObjectNode was, ObjectNode old, FieldErrors errors) {
    var now = Checks.quantity(Tree.text(spec, "resources", "requests", "storage"));
    var before = Checks.quantity(Tree.text(was, "resources", "requests", "storage"));
    var capacity = Checks.quantity(Tree.text(old, "status", "capacity", "storage"));
    if (now.compareTo(before) < 0 && now.compareTo(capacity) <= 0) {
      errors.forbidden(
          FieldPath.of("spec", "resources", "requests", "storage"),
          "field can not be less than status.capacity");
    }
  }
}
