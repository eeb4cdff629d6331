package io.ordinal.server.validation;

import io.ordinal.server.tree.Conditions;
import io.ordinal.server.tree.FieldsPath;
import io.ordinal.server.tree.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a CustomResourceDefinition must look like (contract H4), schemas apart. What this server
/// does not do (CEL, conversion by webhooks) is refused: half of it would be worse than none.
public final class DefinitionRules {
  private static final Pattern LABEL_1035 = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
  private static final String LABEL_1035_RULE =
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
  private static final String APPROVAL = "api-approved.kubernetes.io";
  private static final List<String> COLUMN_TYPES =
      List.of("boolean", "date", "integer", "number", "string");
  private static final Pattern SIMPLE_PATH = Pattern.compile("(\\.[A-Za-z_][-A-Za-z0-9_]*)+");
  private static final FieldPath NAMES = FieldPath.SPEC.child("names");
  private static final FieldPath VERSIONS = FieldPath.SPEC.child("versions");
  private static final FieldPath STORED = FieldPath.STATUS.child("storedVersions");

  private DefinitionRules() {}

  /// Checks a definition; `old` is null when it is new.
  public static void check(ObjectNode definition, @Nullable ObjectNode old, FieldErrors errors) {
    checkName(definition, errors);
    checkGroup(definition, errors);
    checkScope(definition, errors);
    checkNames(definition, errors);
    checkVersions(definition, errors);
    checkConversion(definition, errors);
    if (Tree.flag(definition, "spec", "preserveUnknownFields")) {
      errors.invalid(
          FieldPath.SPEC.child("preserveUnknownFields"),
          true,
          "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead");
    }
    if (old != null) {
      checkChange(definition, old, errors);
      checkStoredVersions(definition, errors);
    }
  }

  private static void checkName(ObjectNode definition, FieldErrors errors) {
    var name = Tree.text(definition, "metadata", "name");
    var wanted =
        Tree.text(definition, "spec", "names", "plural")
            + "."
            + Tree.text(definition, "spec", "group");
    if (!name.equals(wanted)) {
      errors.invalid(
          FieldPath.METADATA.child("name"), name, "must be spec.names.plural+\".\"+spec.group");
    }
  }

  private static void checkGroup(ObjectNode definition, FieldErrors errors) {
    var group = Tree.text(definition, "spec", "group");
    var path = FieldPath.SPEC.child("group");
    if (group.isEmpty()) errors.required(path, "");
    else if (!Names.isSubdomain(group)) errors.invalid(path, group, Names.SUBDOMAIN_RULE);
    else if (!group.contains(".")) {
      errors.invalid(path, group, "should be a domain with at least one dot");
    }
    if (isProtected(group) && !Tree.has(definition, "metadata", "annotations", APPROVAL)) {
      errors.required(
          FieldPath.METADATA.child("annotations").key(APPROVAL),
          "protected groups must have approval annotation \""
              + APPROVAL
              + "\", see https://github.com/kubernetes/enhancements/pull/1111");
    }
  }

  private static boolean isProtected(String group) {
    return group.equals("k8s.io")
        || group.endsWith(".k8s.io")
        || group.equals("kubernetes.io")
        || group.endsWith(".kubernetes.io");
  }

  private static void checkScope(ObjectNode definition, FieldErrors errors) {
    oneOf(
        Tree.text(definition, "spec", "scope"),
        List.of("Cluster", "Namespaced"),
        FieldPath.SPEC.child("scope"),
        errors);
  }

  private static void oneOf(
      String value, List<String> allowed, FieldPath path, FieldErrors errors) {
    if (value.isEmpty()) errors.required(path, "");
    else if (!allowed.contains(value)) errors.unsupported(path, value, allowed);
  }

  private static void checkNames(ObjectNode definition, FieldErrors errors) {
    var names = Tree.find(definition, "spec", "names");
    label(names, "plural", true, errors);
    label(names, "singular", false, errors);
    label(names, "kind", true, errors);
    label(names, "listKind", false, errors);
    var kind = Tree.text(names, "kind");
    if (!kind.isEmpty() && kind.equals(Tree.text(names, "listKind"))) {
      errors.invalid(NAMES.child("listKind"), kind, "kind and listKind may not be the same");
    }
    for (var field : List.of("shortNames", "categories")) {
      var words = Tree.texts(names, field);
      for (var i = 0; i < words.size(); i++) {
        if (!isLabel(words.get(i))) {
          errors.invalid(NAMES.child(field).index(i), words.get(i), LABEL_1035_RULE);
        }
      }
    }
  }

  private static void label(
      @Nullable ObjectNode names, String field, boolean required, FieldErrors errors) {
    var word = Tree.text(names, field);
    var path = NAMES.child(field);
    var mixed = field.equals("kind") || field.equals("listKind");
    if (word.isEmpty()) {
      if (required) errors.required(path, "");
    } else if (!isLabel(mixed ? word.toLowerCase(Locale.ROOT) : word)) {
      errors.invalid(
          path,
          word,
          (mixed ? "may have mixed case, but should otherwise match: " : "") + LABEL_1035_RULE);
    }
  }

  private static boolean isLabel(String word) {
    return word.length() <= 63 && LABEL_1035.matcher(word).matches();
  }

  private static void checkVersions(ObjectNode definition, FieldErrors errors) {
    var versions = Tree.objects(definition, "spec", "versions");
    var names = new HashSet<String>();
    var storages = 0;
    var unique = true;
    for (var i = 0; i < versions.size(); i++) {
      var version = versions.get(i);
      var path = VERSIONS.index(i);
      var name = Tree.text(version, "name");
      if (!isLabel(name)) errors.invalid(path.child("name"), name, LABEL_1035_RULE);
      unique &= names.add(name);
      if (Tree.flag(version, "storage")) storages++;
      checkVersion(version, path, errors);
    }
    var all = List.copyOf(names).stream().sorted().toList().toString();
    if (!unique) errors.invalid(VERSIONS, all, "must contain unique version names");
    if (storages != 1) {
      errors.invalid(VERSIONS, all, "must have exactly one version marked as storage version");
    }
  }

  private static void checkVersion(ObjectNode version, FieldPath path, FieldErrors errors) {
    var schema = Tree.find(version, "schema", "openAPIV3Schema");
    var schemaPath = path.child("schema").child("openAPIV3Schema");
    if (schema == null) errors.required(schemaPath, "schemas are required");
    else StructuralRules.check(schema, schemaPath, errors);
    if (Tree.has(version, "deprecationWarning") && !Tree.flag(version, "deprecated")) {
      errors.invalid(
          path.child("deprecationWarning"),
          Tree.text(version, "deprecationWarning"),
          "can only be set for deprecated versions");
    }
    checkScale(version, path.child("subresources").child("scale"), errors);
    checkColumns(version, path.child("additionalPrinterColumns"), errors);
    checkSelectable(version, path.child("selectableFields"), errors);
  }

  private static void checkScale(ObjectNode version, FieldPath path, FieldErrors errors) {
    var scale = Tree.find(version, "subresources", "scale");
    if (scale == null) return;
    below(scale, "specReplicasPath", true, List.of("spec"), ".spec", path, errors);
    below(scale, "statusReplicasPath", true, List.of("status"), ".status", path, errors);
    var either = List.of("spec", "status");
    below(scale, "labelSelectorPath", false, either, "either .spec or .status", path, errors);
  }

  private static void below(
      ObjectNode scale,
      String field,
      boolean required,
      List<String> roots,
      String where,
      FieldPath path,
      FieldErrors errors) {
    var value = Tree.text(scale, field);
    if (value.isEmpty()) {
      if (required) errors.required(path.child(field), "");
    } else if (!SIMPLE_PATH.matcher(value).matches()
        || roots.stream().noneMatch(root -> value.startsWith("." + root + "."))) {
      errors.invalid(path.child(field), value, "should be a json path under " + where);
    }
  }

  private static void checkColumns(ObjectNode version, FieldPath path, FieldErrors errors) {
    var columns = Tree.objects(version, "additionalPrinterColumns");
    for (var i = 0; i < columns.size(); i++) {
      var column = columns.get(i);
      var at = path.index(i);
      if (Tree.text(column, "name").isEmpty()) errors.required(at.child("name"), "");
      oneOf(Tree.text(column, "type"), COLUMN_TYPES, at.child("type"), errors);
      var jsonPath = Tree.text(column, "jsonPath");
      if (jsonPath.isEmpty()) errors.required(at.child("jsonPath"), "");
      else if (!FieldsPath.isValid(jsonPath)) {
        errors.invalid(at.child("jsonPath"), jsonPath, "is an invalid jsonpath");
      }
    }
  }

  private static void checkSelectable(ObjectNode version, FieldPath path, FieldErrors errors) {
    var fields = Tree.objects(version, "selectableFields");
    if (fields.size() > 8) errors.tooMany(path, fields.size(), 8);
    var seen = new HashSet<String>();
    for (var i = 0; i < fields.size(); i++) {
      var jsonPath = Tree.text(fields.get(i), "jsonPath");
      var at = path.index(i).child("jsonPath");
      if (jsonPath.isEmpty()) errors.required(at, "");
      else if (!SIMPLE_PATH.matcher(jsonPath).matches()) {
        errors.invalid(at, jsonPath, "is an invalid path: only simple field paths are supported");
      } else if (!isSelectable(version, jsonPath)) {
        errors.invalid(
            at,
            jsonPath,
            "is an invalid path: must point to a field of type string, boolean or integer in the schema");
      } else if (jsonPath.startsWith(".metadata.")) {
        errors.invalid(at, jsonPath, "must not point to fields in metadata");
      } else if (!seen.add(jsonPath)) errors.duplicate(at, jsonPath);
    }
  }

  private static boolean isSelectable(ObjectNode version, String jsonPath) {
    var schema = Tree.find(version, "schema", "openAPIV3Schema");
    for (var name : jsonPath.substring(1).split("\\.", -1)) {
      schema = Tree.find(schema, "properties", name);
    }
    return Set.of("string", "boolean", "integer").contains(Tree.text(schema, "type"));
  }

  private static void checkConversion(ObjectNode definition, FieldErrors errors) {
    var path = FieldPath.SPEC.child("conversion");
    var strategy = Tree.text(definition, "spec", "conversion", "strategy");
    if (strategy.equals("Webhook")) {
      errors.forbidden(
          path.child("strategy"),
          "conversion by webhooks is not supported by this server; use None, which changes only the apiVersion");
    } else oneOf(strategy, List.of("None", "Webhook"), path.child("strategy"), errors);
    if (strategy.equals("None") && Tree.has(definition, "spec", "conversion", "webhook")) {
      errors.forbidden(
          path.child("webhook"), "should not be set when strategy is not set to Webhook");
    }
  }

  private static void checkChange(ObjectNode definition, ObjectNode old, FieldErrors errors) {
    var fields = new ArrayList<>(List.of("group", "names.plural"));
    if (Conditions.isTrue(old, "Established")) fields.addAll(List.of("scope", "names.kind"));
    for (var field : fields) {
      var path = ("spec." + field).split("\\.", -1);
      var value = Tree.text(definition, path);
      if (!value.equals(Tree.text(old, path))) {
        errors.invalid(FieldPath.of("spec." + field), value, "field is immutable");
      }
    }
  }

  /// No version may go in which objects may still lie in the store.
  public static void checkStoredVersions(ObjectNode definition, FieldErrors errors) {
    var names = new HashSet<String>();
    var storage = "";
    for (var version : Tree.objects(definition, "spec", "versions")) {
      names.add(Tree.text(version, "name"));
      if (Tree.flag(version, "storage")) storage = Tree.text(version, "name");
    }
    var stored = Tree.texts(definition, "status", "storedVersions");
    if (stored.isEmpty()) {
      errors.invalid(STORED, Tree.list(), "must have at least one stored version");
    } else if (!stored.contains(storage)) {
      errors.invalid(STORED, stored.toString(), "must have the storage version " + storage);
    }
    for (var i = 0; i < stored.size(); i++) {
      var version = stored.get(i);
      if (names.contains(version)) continue;
      errors.invalid(
          STORED.index(i),
          version,
          "missing from spec.versions; "
              + version
              + " was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in "
              + version
              + " and removes "
              + version
              + " from status.storedVersions");
    }
  }
}
