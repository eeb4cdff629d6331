package io.ordinal.server.validation;

import io.ordinal.schema.Looks;
import io.ordinal.schema.StructuralSchema;
import io.ordinal.server.tree.Tree;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What makes the schema of a custom resource structural: every field has one type, said outside of
/// `allOf`, `anyOf`, `oneOf` and `not`, so that pruning and defaults need no guessing.
final class StructuralRules {
  private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
  private static final String INT_OR_STRING = "x-kubernetes-int-or-string";
  private static final String EMBEDDED = "x-kubernetes-embedded-resource";
  private static final String CEL = "x-kubernetes-validations";
  private static final List<String> TYPES =
      List.of("array", "boolean", "integer", "number", "object", "string");
  private static final List<String> NOT_SUPPORTED =
      List.of("id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref");

  /// Where a schema stands, and how upstream calls what it is about.
  private enum Place {
    ROOT("must not be empty at the root"),
    FIELD("must not be empty for specified object fields"),
    ITEM("must not be empty for specified array items");

    private final String typeMissing;

    Place(String typeMissing) {
      this.typeMissing = typeMissing;
    }
  }

  private final FieldErrors errors;
  private final Looks looks = new Looks();

  private StructuralRules(FieldErrors errors) {
    this.errors = errors;
  }

  /// Checks the schema of a version.
  static void check(ObjectNode schema, FieldPath path, FieldErrors errors) {
    new StructuralRules(errors).check(schema, path, Place.ROOT);
  }

  private void check(ObjectNode schema, FieldPath path, Place place) {
    keywords(schema, path);
    type(schema, path, place);
    extensions(schema, path);
    ListTypeRules.check(schema, path, errors);
    if (place == Place.ROOT) root(schema, path);
    new NestedRules(errors).check(schema, path);
    defaultValue(schema, path);
    below(schema, path);
  }

  private void keywords(ObjectNode schema, FieldPath path) {
    for (var word : NOT_SUPPORTED) {
      if (Tree.has(schema, word)) errors.forbidden(path.child(word), word + " is not supported");
    }
    if (Tree.flag(schema, "uniqueItems")) {
      errors.forbidden(
          path.child("uniqueItems"),
          "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
    }
    if (!Tree.elements(schema, CEL).isEmpty()) {
      errors.forbidden(
          path.child(CEL),
          "validation rules (CEL) are not supported by this server, which would not check them");
    }
    pattern(schema, path);
    var additional = Tree.at(schema, "additionalProperties");
    if (additional == null) return;
    var at = path.child("additionalProperties");
    if (additional.isBoolean() && !additional.booleanValue()) {
      errors.forbidden(at, "additionalProperties cannot be set to false");
    } else if (!Tree.elementsOf(schema, "properties").isEmpty()) {
      errors.forbidden(at, "additionalProperties and properties are mutual exclusive");
    }
  }

  private void pattern(ObjectNode schema, FieldPath path) {
    var pattern = Tree.text(schema, "pattern");
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      errors.invalid(
          path.child("pattern"),
          pattern,
          "must be a valid regular expression, but isn't: " + e.getDescription());
    }
  }

  private void type(ObjectNode schema, FieldPath path, Place place) {
    var type = Tree.text(schema, "type");
    var at = path.child("type");
    var open = Tree.flag(schema, PRESERVE) || Tree.flag(schema, INT_OR_STRING);
    if (type.equals("null")) {
      errors.forbidden(at, "type cannot be set to null, use nullable as an alternative");
    } else if (type.isEmpty()) {
      if (place == Place.ROOT || !open) errors.required(at, place.typeMissing);
    } else if (!TYPES.contains(type)) errors.unsupported(at, type, TYPES);
    else if (place == Place.ROOT && !type.equals("object")) {
      errors.invalid(at, type, "must be object at the root");
    }
    if (type.equals("array") && !Tree.has(schema, "items")) {
      errors.required(path.child("items"), "must be specified");
    }
    if (Tree.elements(schema, "items").size() > 0) {
      errors.forbidden(path.child("items"), "items must be a schema object and not an array");
    }
  }

  private void extensions(ObjectNode schema, FieldPath path) {
    var type = Tree.text(schema, "type");
    var preserve = Tree.at(schema, PRESERVE);
    if (preserve != null && !preserve.asBoolean(false)) {
      errors.invalid(path.child(PRESERVE), false, "must be true or undefined");
    }
    if (Tree.flag(schema, INT_OR_STRING)) {
      if (!type.isEmpty()) {
        errors.invalid(
            path.child("type"), type, "must be empty if x-kubernetes-int-or-string is true");
      }
      if (Tree.flag(schema, PRESERVE)) {
        errors.invalid(
            path.child(PRESERVE), true, "must be false if x-kubernetes-int-or-string is true");
      }
    }
    if (!Tree.flag(schema, EMBEDDED)) return;
    if (!type.equals("object")) {
      errors.invalid(
          path.child("type"), type, "must be object if x-kubernetes-embedded-resource is true");
    }
    if (!Tree.flag(schema, PRESERVE) && Tree.elementsOf(schema, "properties").isEmpty()) {
      errors.required(
          path.child("properties"),
          "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields");
    }
  }

  /// What all objects have is not for a schema to say, but for the form of names.
  private void root(ObjectNode schema, FieldPath path) {
    if (Tree.has(schema, "additionalProperties")) {
      errors.forbidden(path.child("additionalProperties"), "must not be used at the root");
    }
    var metadata = Tree.find(schema, "properties", "metadata");
    if (metadata == null) return;
    var allowed = new HashSet<>(Tree.elementsOf(metadata, "properties").keySet());
    allowed.removeAll(Set.of("name", "generateName"));
    if (!allowed.isEmpty() || Tree.has(metadata, "additionalProperties")) {
      errors.forbidden(
          path.child("properties").key("metadata"),
          "must not specify anything other than name and generateName, but metadata is implicitly specified");
    }
  }

  private void defaultValue(ObjectNode schema, FieldPath path) {
    var value = Tree.at(schema, "default");
    if (value == null) return;
    var at = path.child("default");
    ValueErrors.add(StructuralSchema.of(schema).checkAt(at.text(), value, looks), errors);
  }

  private void below(ObjectNode schema, FieldPath path) {
    Tree.elementsOf(schema, "properties")
        .forEach((name, property) -> at(property, path.child("properties").key(name), Place.FIELD));
    var items = Tree.at(schema, "items");
    if (items != null && !items.isArray()) at(items, path.child("items"), Place.ITEM);
    var additional = Tree.at(schema, "additionalProperties");
    if (additional != null && !additional.isBoolean()) {
      at(additional, path.child("additionalProperties"), Place.FIELD);
    }
  }

  private void at(JsonNode schema, FieldPath path, Place place) {
    if (schema instanceof ObjectNode object) check(object, path, place);
    else errors.invalid(path, schema, "must be a schema");
  }
}
