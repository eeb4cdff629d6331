package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Pods: their spec when they are new, and what may change in it afterwards.
public final class PodRules {
  private PodRules() {}

  /// Checks a pod that is already defaulted.
  public static void check(ObjectNode pod, @Nullable ObjectNode old, FieldErrors errors) {
    if (old != null) {
      PodChangeRules.check(pod, old, errors);
      return;
    }
    var spec = Tree.make(pod, "spec");
    PodSpecRules.check(spec, FieldPath.SPEC, Set.of(), errors);
    for (var field : new String[] {"hostname", "subdomain"}) {
      var name = Tree.text(spec, field);
      if (!name.isEmpty()) Checks.label(name, FieldPath.SPEC.child(field), errors);
    }
    if (!Tree.objects(spec, "ephemeralContainers").isEmpty()) {
      errors.forbidden(FieldPath.SPEC.child("ephemeralContainers"), "cannot be set on create");
    }
    var gated = !Tree.objects(spec, "schedulingGates").isEmpty();
    if (gated && !Tree.text(spec, "nodeName").isEmpty()) {
      errors.forbidden(
          FieldPath.SPEC.child("nodeName"),
          "cannot be set until all schedulingGates have been cleared");
    }
  }
}
