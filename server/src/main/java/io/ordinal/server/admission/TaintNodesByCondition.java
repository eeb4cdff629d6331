package io.ordinal.server.admission;

import io.ordinal.server.registry.Admission;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.tree.Tree;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A new node gets no pods before a controller has seen that it is ready.
final class TaintNodesByCondition implements Admission {
  private static final String NOT_READY = "node.kubernetes.io/not-ready";

  @Override
  public void mutate(Attributes about, ObjectNode node, @Nullable ObjectNode old) {
    if (!about.creates() || !about.isFor("", "nodes")) return;
    var spec = Tree.make(node, "spec");
    for (var taint : Tree.objects(spec, "taints")) {
      if (Tree.text(taint, "key").equals(NOT_READY)) return;
    }
    Tree.makeList(spec, "taints").addObject().put("key", NOT_READY).put("effect", "NoSchedule");
  }
}
