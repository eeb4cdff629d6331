package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// StorageClasses: little in them may change.
public final class StorageClassRules {
  private static final int MOST_PARAMETERS = 512;

  private StorageClassRules() {}

  /// Checks a class that is already defaulted.
  public static void check(ObjectNode storageClass, @Nullable ObjectNode old, FieldErrors errors) {
    var root = FieldPath.of("");
    var provisioner = Checks.required(storageClass, "provisioner", root, errors);
    if (!provisioner.isEmpty()) {
      Checks.qualified(provisioner.toLowerCase(Locale.ROOT), FieldPath.of("provisioner"), errors);
    }
    Checks.oneOf(storageClass, "reclaimPolicy", List.of("Delete", "Retain"), root, errors);
    Checks.requiredOneOf(
        storageClass,
        "volumeBindingMode",
        List.of("Immediate", "WaitForFirstConsumer"),
        root,
        errors);
    var parameters = Tree.textMap(storageClass, "parameters");
    if (parameters.size() > MOST_PARAMETERS) {
      errors.tooLong(FieldPath.of("parameters"), MOST_PARAMETERS);
    }
    if (parameters.containsKey("")) {
      errors.invalid(FieldPath.of("parameters"), "", "field can not be empty.");
    }
    if (old != null) change(storageClass, old, errors);
  }

  private static void change(ObjectNode storageClass, ObjectNode old, FieldErrors errors) {
    for (var field : List.of("parameters", "provisioner", "reclaimPolicy")) {
      if (!Tree.same(storageClass.get(field), old.get(field))) {
        errors.forbidden(FieldPath.of(field), "updates to " + field + " are forbidden.");
      }
    }
    if (!Tree.same(storageClass.get("volumeBindingMode"), old.get("volumeBindingMode"))) {
      errors.invalid(
          FieldPath.of("volumeBindingMode"),
          storageClass.get("volumeBindingMode"),
          "field is immutable");
    }
  }
}
