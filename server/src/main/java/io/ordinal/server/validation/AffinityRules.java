package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Affinity to nodes and to other pods.
final class AffinityRules {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  private AffinityRules() {}

  static void check(@Nullable ObjectNode affinity, FieldPath path, FieldErrors errors) {
    if (affinity == null) return;
    var toNodes = path.child("nodeAffinity");
    nodeSelector(Tree.find(affinity, "nodeAffinity", REQUIRED), toNodes.child(REQUIRED), errors);
    var wishes = Tree.objects(affinity, "nodeAffinity", PREFERRED);
    for (var i = 0; i < wishes.size(); i++) {
      var at = toNodes.child(PREFERRED).index(i);
      weight(wishes.get(i), at, errors);
      term(Tree.find(wishes.get(i), "preference"), at.child("preference"), errors);
    }
    for (var kind : List.of("podAffinity", "podAntiAffinity")) {
      var found = Tree.find(affinity, kind);
      if (found != null) toPods(found, path.child(kind), errors);
    }
  }

  /// The terms of which a node must fulfil one.
  static void nodeSelector(@Nullable ObjectNode selector, FieldPath path, FieldErrors errors) {
    if (selector == null) return;
    var terms = Tree.objects(selector, "nodeSelectorTerms");
    var at = path.child("nodeSelectorTerms");
    if (terms.isEmpty()) errors.required(at, "must have at least one node selector term");
    for (var i = 0; i < terms.size(); i++) term(terms.get(i), at.index(i), errors);
  }

  private static void term(@Nullable ObjectNode term, FieldPath path, FieldErrors errors) {
    var labels = Tree.objects(term, "matchExpressions");
    for (var i = 0; i < labels.size(); i++) {
      expression(labels.get(i), path.child("matchExpressions").index(i), errors);
    }
    var fields = Tree.objects(term, "matchFields");
    for (var i = 0; i < fields.size(); i++) {
      field(fields.get(i), path.child("matchFields").index(i), errors);
    }
  }

  private static void expression(ObjectNode expression, FieldPath path, FieldErrors errors) {
    var values = Tree.texts(expression, "values");
    var at = path.child("values");
    switch (Tree.text(expression, "operator")) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          errors.required(at, "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          errors.forbidden(
              at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case "Gt", "Lt" -> {
        if (values.size() != 1) {
          errors.required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
      }
      case String other ->
          errors.invalid(path.child("operator"), other, "not a valid selector operator");
    }
    Checks.qualified(Tree.text(expression, "key"), path.child("key"), errors);
  }

  private static void field(ObjectNode expression, FieldPath path, FieldErrors errors) {
    var values = Tree.texts(expression, "values");
    switch (Tree.text(expression, "operator")) {
      case "In", "NotIn" -> {
        if (values.size() != 1) {
          errors.required(
              path.child("values"),
              "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }
      }
      case String other ->
          errors.invalid(path.child("operator"), other, "not a valid selector operator");
    }
    var key = Tree.text(expression, "key");
    if (!key.equals("metadata.name")) {
      errors.invalid(path.child("key"), key, "not a valid field selector key");
    }
  }

  private static void weight(ObjectNode wish, FieldPath path, FieldErrors errors) {
    var weight = Tree.number(0, wish, "weight");
    if (weight < 1 || weight > 100) {
      errors.invalid(path.child("weight"), weight, "must be in the range 1-100");
    }
  }

  private static void toPods(ObjectNode affinity, FieldPath path, FieldErrors errors) {
    var terms = Tree.objects(affinity, REQUIRED);
    for (var i = 0; i < terms.size(); i++) {
      podTerm(terms.get(i), path.child(REQUIRED).index(i), errors);
    }
    var wishes = Tree.objects(affinity, PREFERRED);
    for (var i = 0; i < wishes.size(); i++) {
      var at = path.child(PREFERRED).index(i);
      weight(wishes.get(i), at, errors);
      podTerm(Tree.find(wishes.get(i), "podAffinityTerm"), at.child("podAffinityTerm"), errors);
    }
  }

  private static void podTerm(@Nullable JsonNode term, FieldPath path, FieldErrors errors) {
    for (var selector : List.of("labelSelector", "namespaceSelector")) {
      SelectorRules.check(Tree.at(term, selector), path.child(selector), errors);
    }
    for (var namespace : Tree.texts(term, "namespaces")) {
      Checks.label(namespace, path.child("namespace"), errors);
    }
    SchedulingRules.topologyKey(Tree.text(term, "topologyKey"), path.child("topologyKey"), errors);
  }
}
