package io.ordinal.server.kinds;

import io.ordinal.server.registry.Metadata;
import io.ordinal.server.tree.Tree;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// Writes conditions into an object's status.
final class Conditions {
  private Conditions() {}

  /// Puts a condition in the place of the one of its type. The time of transition stays while the
  /// status does.
  static void set(ObjectNode object, ObjectNode condition, Instant now) {
    var conditions = Tree.makeList(Tree.make(object, "status"), "conditions");
    condition.put("lastTransitionTime", Metadata.time(now));
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
