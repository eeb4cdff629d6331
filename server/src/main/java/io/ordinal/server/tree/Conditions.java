package io.ordinal.server.tree;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes the conditions in the status of objects.
public final class Conditions {
  private Conditions() {}

  /// The condition of that type.
  public static Optional<ObjectNode> find(ObjectNode object, String type) {
    for (var condition : Tree.objects(object, "status", "conditions")) {
      if (Tree.text(condition, "type").equals(type)) return Optional.of(condition);
    }
    return Optional.empty();
  }

  /// Whether there is a condition of that type and it holds.
  public static boolean isTrue(ObjectNode object, String type) {
    return find(object, type).filter(Conditions::holds).isPresent();
  }

  /// Whether a condition's status is `True`.
  public static boolean holds(ObjectNode condition) {
    return Tree.text(condition, "status").equals("True");
  }

  /// Puts a condition in the place of the one of its type. The time of transition stays while the
  /// status does.
  ///
  /// @param now as objects carry times
  public static void set(ObjectNode status, ObjectNode condition, String now) {
    var conditions = Tree.makeList(status, "conditions");
    condition.put("lastTransitionTime", now);
    for (var i = 0; i < conditions.size(); i++) {
      var present = conditions.get(i);
      if (!Tree.text(present, "type").equals(Tree.text(condition, "type"))) continue;
      if (Tree.text(present, "status").equals(Tree.text(condition, "status"))) {
        condition.put("lastTransitionTime", Tree.text(present, "lastTransitionTime"));
      }
      conditions.set(i, condition);
      return;
    }
    conditions.add(condition);
  }
}
