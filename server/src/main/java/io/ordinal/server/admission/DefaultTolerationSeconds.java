package io.ordinal.server.admission;

import io.ordinal.server.registry.Admission;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.tree.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A pod stays for five minutes on a node that is lost, unless it says otherwise.
final class DefaultTolerationSeconds implements Admission {
  private static final int SECONDS = 300;
  private static final List<String> TAINTS =
      List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

  @Override
  public void mutate(Attributes about, ObjectNode pod, @Nullable ObjectNode old) {
    if (!about.creates() || !about.isFor("", "pods")) return;
    var spec = Tree.make(pod, "spec");
    for (var taint : TAINTS) {
      if (tolerates(spec, taint)) continue;
      Tree.makeList(spec, "tolerations")
          .addObject()
          .put("key", taint)
          .put("operator", "Exists")
          .put("effect", "NoExecute")
          .put("tolerationSeconds", SECONDS);
    }
  }

  private static boolean tolerates(ObjectNode spec, String taint) {
    for (var toleration : Tree.objects(spec, "tolerations")) {
      var key = Tree.text(toleration, "key");
      var effect = Tree.text(toleration, "effect");
      if ((key.isEmpty() || key.equals(taint))
          && (effect.isEmpty() || effect.equals("NoExecute"))) {
        return true;
      }
    }
    return false;
  }
}
