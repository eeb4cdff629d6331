package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// PersistentVolumes.
public final class VolumeRules {
  private static final FieldPath SOURCE = FieldPath.SPEC.child("persistentvolumesource");

  private VolumeRules() {}

  /// Checks a volume that is already defaulted.
  public static void check(ObjectNode volume, @Nullable ObjectNode old, FieldErrors errors) {
    var spec = Tree.make(volume, "spec");
    ClaimRules.accessModes(spec, FieldPath.SPEC.child("accessModes"), errors);
    capacity(spec, FieldPath.SPEC.child("capacity"), errors);
    source(spec, errors);
    Checks.oneOf(
        spec,
        "persistentVolumeReclaimPolicy",
        List.of("Delete", "Recycle", "Retain"),
        FieldPath.SPEC,
        errors);
    Checks.oneOf(spec, "volumeMode", List.of("Block", "Filesystem"), FieldPath.SPEC, errors);
    Checks.otherName(spec, "storageClassName", FieldPath.SPEC, errors);
    var affinity = FieldPath.of("spec", "nodeAffinity", "required");
    AffinityRules.nodeSelector(Tree.find(spec, "nodeAffinity", "required"), affinity, errors);
    if (old != null) change(spec, old, errors);
  }

  private static void capacity(ObjectNode spec, FieldPath path, FieldErrors errors) {
    var capacity = Tree.textMap(spec, "capacity");
    if (capacity.isEmpty()) errors.required(path, "");
    else if (capacity.size() > 1 || !capacity.containsKey("storage")) {
      errors.unsupported(path, Tree.at(spec, "capacity"), List.of("storage"));
    }
    capacity.forEach((name, amount) -> {
      if (Checks.quantity(amount).signum() <= 0) {
        errors.invalid(path.key(name), amount, "must be greater than zero");
      }
    });
  }

  private static List<String> types(ObjectNode spec) {
    return spec.propertyNames().stream()
        .filter(field ->
            VolumeSourceRules.REQUIRED.containsKey(field)
                || field.equals("local")
                || field.equals("azureFile"))
        .toList();
  }

  private static void source(ObjectNode spec, FieldErrors errors) {
    var types = types(spec);
    if (types.isEmpty()) errors.required(FieldPath.SPEC, "must specify a volume type");
    for (var i = 0; i < types.size(); i++) {
      var type = types.get(i);
      var at = FieldPath.SPEC.child(type);
      if (i > 0) {
        errors.forbidden(at, "may not specify more than 1 volume type");
        continue;
      }
      var source = Tree.make(spec, type);
      var required = VolumeSourceRules.REQUIRED.getOrDefault(type, List.of());
      Checks.allRequired(source, required, at, errors);
      VolumeSourceRules.onDisk(type, source, at, errors);
      switch (type) {
        case "local" -> local(spec, source, at, errors);
        case "csi" -> Checks.required(source, "volumeHandle", at, errors);
        default -> {}
      }
    }
  }

  private static void local(
      ObjectNode spec, ObjectNode source, FieldPath path, FieldErrors errors) {
    var folder = Checks.required(source, "path", path, errors);
    Checks.noStepsUp(folder, path.child("path"), errors);
    if (!Tree.has(spec, "nodeAffinity", "required")) {
      errors.required(FieldPath.SPEC.child("nodeAffinity"), "Local volume requires node affinity");
    }
  }

  private static void change(ObjectNode spec, ObjectNode old, FieldErrors errors) {
    var types = types(spec);
    var before = Tree.find(old, "spec");
    var same = before != null && types.equals(types(before));
    for (var type : types) same &= before != null && Tree.same(spec.get(type), before.get(type));
    if (!same) {
      errors.forbidden(SOURCE, "spec.persistentvolumesource is immutable after creation");
    }
    if (!Tree.text(spec, "volumeMode").equals(Tree.text(before, "volumeMode"))) {
      errors.invalid(
          FieldPath.SPEC.child("volumeMode"), Tree.at(spec, "volumeMode"), "field is immutable");
    }
    var had = Tree.at(before, "nodeAffinity");
    if (had != null && !Tree.same(Tree.at(spec, "nodeAffinity"), had)) {
      errors.invalid(
          FieldPath.SPEC.child("nodeAffinity"),
          Tree.at(spec, "nodeAffinity"),
          "field is immutable, except for updating from beta label to GA");
    }
  }
}
