package io.ordinal.server.kinds;

import io.ordinal.server.registry.Strategy;
import io.ordinal.server.validation.FieldErrors;
import io.ordinal.server.validation.RoleRules;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Roles and ClusterRoles. Nobody grants more than he has: see [io.ordinal.server.rbac.Escalation].
record RoleStrategy(boolean namespaced) implements Strategy {

  /// Names like `system:node` are usual here.
  @Override
  public String checkName(String name) {
    return RoleRules.nameProblem(name);
  }

  @Override
  public void validate(ObjectNode role, @Nullable ObjectNode old, FieldErrors errors) {
    RoleRules.check(role, namespaced, errors);
  }
}
