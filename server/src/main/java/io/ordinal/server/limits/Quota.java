package io.ordinal.server.limits;

import io.ordinal.schema.Quantity;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// A ResourceQuota as admission sees it: what it allows, and for which objects. It holds from the
/// moment at which it is stored, whatever its status says.
record Quota(String name, String uid, Map<String, Quantity> hard, List<Scope> scopes) {

  static Quota of(ObjectNode quota) {
    return new Quota(
        Metadata.name(quota),
        Metadata.uid(quota),
        Amounts.at(quota, "spec", "hard"),
        scopesOf(quota));
  }

  private static List<Scope> scopesOf(ObjectNode quota) {
    var scopes = new ArrayList<Scope>();
    for (var name : Tree.texts(quota, "spec", "scopes")) {
      scopes.add(new Scope(name, "Exists", List.of()));
    }
    for (var term : Tree.objects(quota, "spec", "scopeSelector", "matchExpressions")) {
      scopes.add(
          new Scope(
              Tree.text(term, "scopeName"),
              Tree.text(term, "operator"),
              Tree.texts(term, "values")));
    }
    return List.copyOf(scopes);
  }

  /// Whether it may allow something else now, and still is about the same objects.
  boolean coversTheSameAs(Quota other) {
    return uid.equals(other.uid) && scopes.equals(other.scopes);
  }

  /// Whether it limits anything that objects of the kind use.
  boolean limits(Evaluator evaluator) {
    return hard.keySet().stream().anyMatch(evaluator::counts);
  }

  /// Whether it is about an object of the kind.
  boolean covers(Evaluator evaluator, ObjectNode object) {
    return scopes.stream().allMatch(scope -> evaluator.isIn(scope, object));
  }
}
