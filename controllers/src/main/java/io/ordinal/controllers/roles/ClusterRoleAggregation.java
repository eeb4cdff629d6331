package io.ordinal.controllers.roles;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.WorkQueue;
import io.ordinal.kube.Writer;
import java.util.Map;

/// Fills the ClusterRoles that gather the rules of others, as `admin`, `edit` and `view` do, so
/// that a new kind's role only has to carry a label to be part of them.
public final class ClusterRoleAggregation {
  private final Writer writer;
  private final Informer<ClusterRole> roles;
  private final WorkQueue<ObjectKey> queue;

  /// Adds the controller to the context's.
  public ClusterRoleAggregation(ControllerContext context) {
    writer = new Writer(context.client("clusterrole-aggregation-controller"));
    roles = context.informer(ClusterRole.class);
    queue = context.controller("cluster-role-aggregation", this::reconcile, 1);
    roles.onChange((_, _) -> lookAtAll());
  }

  /// Whichever role has changed: those that gather may have it, or have had it.
  private void lookAtAll() {
    for (ClusterRole role : roles.list()) {
      if (role.getAggregationRule() != null) queue.add(ObjectKey.of(role));
    }
  }

  private Outcome reconcile(ObjectKey key) {
    roles
        .get(key)
        .ifPresent(role ->
            GatheredRules.of(role, roles.list())
                .filter(rules -> !rules.equals(role.getRules()))
                .ifPresent(rules -> writer.merge(role, Map.of("rules", rules))));
    return Outcome.DONE;
  }
}
