package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What every object's metadata must look like (contract B2).
public final class MetadataRules {
  private static final int MOST_ANNOTATION_BYTES = 256 * 1024;
  private static final Set<String> LEGACY_FINALIZERS =
      Set.of("orphan", "foregroundDeletion", "kubernetes");

  /// How a violation of [Names#isQualified] is worded.
  static final String QUALIFIED_RULE =
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

  static final String LABEL_VALUE_RULE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

  private MetadataRules() {}

  /// Checks the metadata of an object that is about to be stored.
  ///
  /// @param old the stored object, null when it is new
  /// @param checkName says what is wrong with a name, or nothing
  public static void check(
      ObjectNode object,
      @Nullable ObjectNode old,
      boolean namespaced,
      UnaryOperator<String> checkName,
      FieldErrors errors) {
    var metadata = Tree.make(object, "metadata");
    if (old == null) checkNames(metadata, namespaced, checkName, errors);
    labels(metadata, FieldPath.METADATA.child("labels"), errors);
    annotations(metadata, FieldPath.METADATA.child("annotations"), errors);
    checkOwners(metadata, errors);
    checkFinalizers(metadata, old, errors);
  }

  private static void checkNames(
      ObjectNode metadata,
      boolean namespaced,
      UnaryOperator<String> checkName,
      FieldErrors errors) {
    var name = Tree.text(metadata, "name");
    var path = FieldPath.METADATA.child("name");
    var prefix = Tree.text(metadata, "generateName");
    if (!prefix.isEmpty()) checkPrefix(prefix, checkName, errors);
    if (name.isEmpty()) errors.required(path, "name or generateName is required");
    else {
      var wrong = checkName.apply(name);
      if (!wrong.isEmpty()) errors.invalid(path, name, wrong);
    }
    var namespace = Tree.text(metadata, "namespace");
    if (namespaced && !Names.isLabel(namespace)) {
      errors.invalid(FieldPath.METADATA.child("namespace"), namespace, Names.LABEL_RULE);
    }
  }

  /// A prefix may end as no name may: something follows it.
  private static void checkPrefix(
      String prefix, UnaryOperator<String> checkName, FieldErrors errors) {
    var wrong = checkName.apply(prefix.endsWith("-") ? prefix + "a" : prefix);
    if (!wrong.isEmpty() && prefix.length() <= 58) {
      errors.invalid(FieldPath.METADATA.child("generateName"), prefix, wrong);
    }
  }

  /// Labels of an object or of a template.
  public static void labels(ObjectNode metadata, FieldPath path, FieldErrors errors) {
    Tree.textMap(metadata, "labels")
        .forEach((key, value) -> {
          if (!Names.isQualified(key)) errors.invalid(path, key, QUALIFIED_RULE);
          if (value.length() > 63) errors.invalid(path, value, "must be no more than 63 bytes");
          else if (!Names.isLabelValue(value)) errors.invalid(path, value, LABEL_VALUE_RULE);
        });
  }

  /// Annotations of an object or of a template.
  public static void annotations(ObjectNode metadata, FieldPath path, FieldErrors errors) {
    var bytes = 0;
    for (var annotation : Tree.textMap(metadata, "annotations").entrySet()) {
      var key = annotation.getKey();
      if (!Names.isQualified(key.toLowerCase(Locale.ROOT))) {
        errors.invalid(path, key, QUALIFIED_RULE);
      }
      bytes += utf8(key) + utf8(annotation.getValue());
    }
    if (bytes > MOST_ANNOTATION_BYTES) errors.tooLong(path, MOST_ANNOTATION_BYTES);
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void checkOwners(ObjectNode metadata, FieldErrors errors) {
    var path = FieldPath.METADATA.child("ownerReferences");
    var owners = Tree.objects(metadata, "ownerReferences");
    var controllers = 0;
    for (var i = 0; i < owners.size(); i++) {
      var at = path.index(i);
      for (var field : new String[] {"apiVersion", "kind", "name", "uid"}) {
        var value = Tree.text(owners.get(i), field);
        if (value.isEmpty()) errors.invalid(at.child(field), value, "must not be empty");
      }
      if (Tree.flag(owners.get(i), "controller")) controllers++;
    }
    if (controllers > 1) {
      errors.invalid(
          path,
          Tree.at(metadata, "ownerReferences"),
          "Only one reference can have Controller set to true.");
    }
  }

  private static void checkFinalizers(
      ObjectNode metadata, @Nullable ObjectNode old, FieldErrors errors) {
    var path = FieldPath.METADATA.child("finalizers");
    var finalizers = Tree.texts(metadata, "finalizers");
    for (var i = 0; i < finalizers.size(); i++) {
      var name = finalizers.get(i);
      if (!Names.isQualified(name)) errors.invalid(path.index(i), name, QUALIFIED_RULE);
      else if (!name.contains("/") && !LEGACY_FINALIZERS.contains(name)) {
        errors.invalid(
            path.index(i),
            name,
            "name is neither a standard finalizer name nor is it fully qualified");
      }
    }
    if (finalizers.contains("orphan") && finalizers.contains("foregroundDeletion")) {
      errors.invalid(
          path,
          Tree.at(metadata, "finalizers"),
          "finalizer orphan and finalizer foregroundDeletion cannot be both set");
    }
    if (old == null || !Tree.has(old, "metadata", "deletionTimestamp")) return;
    var added = new HashSet<>(finalizers);
    added.removeAll(Tree.texts(old, "metadata", "finalizers"));
    if (!added.isEmpty()) {
      errors.forbidden(
          path,
          "no new finalizers can be added if the object is being deleted, found new finalizers "
              + quoted(added));
    }
  }

  private static String quoted(Set<String> names) {
    var joined = String.join("\", \"", names.stream().sorted().toList());
    return "[]string{\"" + joined + "\"}";
  }
}
