package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What may stand in `allOf`, `anyOf`, `oneOf` and `not` of a structural schema: conditions on
/// fields that are described outside, and nothing that describes them.
final class NestedRules {
  private static final List<String> UNDEFINED = List.of("additionalProperties", "default");
  private static final List<String> EMPTY = List.of("title", "description", "type");
  private static final List<String> FALSE =
      List.of(
          "nullable",
          "x-kubernetes-preserve-unknown-fields",
          "x-kubernetes-embedded-resource",
          "x-kubernetes-int-or-string");

  private final FieldErrors errors;

  NestedRules(FieldErrors errors) {
    this.errors = errors;
  }

  void check(ObjectNode schema, FieldPath path) {
    inside(schema, schema, path, path);
  }

  /// @param structure what is said of the same value outside; null when nothing is
  private void inside(
      ObjectNode schema, @Nullable ObjectNode structure, FieldPath path, FieldPath outside) {
    for (var word : List.of("allOf", "anyOf", "oneOf")) {
      var nested = Tree.objects(schema, word);
      for (var i = 0; i < nested.size(); i++) {
        check(nested.get(i), structure, path.child(word).index(i), outside);
      }
    }
    var not = Tree.find(schema, "not");
    if (not != null) check(not, structure, path.child("not"), outside);
  }

  private void check(
      ObjectNode nested, @Nullable ObjectNode structure, FieldPath path, FieldPath outside) {
    var intOrString = structure != null && Tree.flag(structure, "x-kubernetes-int-or-string");
    for (var word : UNDEFINED) {
      if (Tree.has(nested, word)) {
        errors.forbidden(path.child(word), "must be undefined to be structural");
      }
    }
    for (var word : EMPTY) {
      var typeOfEither = word.equals("type") && intOrString;
      if (Tree.has(nested, word) && !typeOfEither) {
        errors.forbidden(path.child(word), "must be empty to be structural");
      }
    }
    for (var word : FALSE) {
      if (Tree.has(nested, word)) {
        errors.forbidden(path.child(word), "must be false to be structural");
      }
    }
    inside(nested, structure, path, outside);
    fields(nested, structure, path, outside);
  }

  private void fields(
      ObjectNode nested, @Nullable ObjectNode structure, FieldPath path, FieldPath outside) {
    Tree.elementsOf(nested, "properties")
        .forEach((name, property) ->
            field(
                property,
                structure == null ? null : Tree.at(structure, "properties", name),
                path.child("properties").key(name),
                outside.child("properties").key(name)));
    var items = Tree.at(nested, "items");
    if (items != null) {
      field(
          items,
          structure == null ? null : Tree.at(structure, "items"),
          path.child("items"),
          outside.child("items"));
    }
  }

  private void field(
      JsonNode nested, @Nullable JsonNode structure, FieldPath path, FieldPath outside) {
    if (!(nested instanceof ObjectNode schema)) return;
    if (structure == null) {
      errors.required(outside, "because it is defined in " + path);
    }
    check(schema, structure instanceof ObjectNode object ? object : null, path, outside);
  }
}
