package io.ordinal.server.validation;

import io.ordinal.server.tree.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Leases.
public final class LeaseRules {
  private LeaseRules() {}

  /// Checks a lease.
  public static void check(ObjectNode lease, @Nullable ObjectNode old, FieldErrors errors) {
    var spec = Tree.find(lease, "spec");
    if (Tree.has(spec, "leaseDurationSeconds")) {
      var seconds = Tree.number(0, spec, "leaseDurationSeconds");
      if (seconds <= 0) {
        errors.invalid(
            FieldPath.SPEC.child("leaseDurationSeconds"), seconds, "must be greater than 0");
      }
    }
    Checks.notNegative(spec, FieldPath.SPEC, errors, "leaseTransitions");
    if (Tree.has(spec, "holderIdentity") && Tree.text(spec, "holderIdentity").isEmpty()) {
      errors.invalid(FieldPath.SPEC.child("holderIdentity"), "", "must not be empty");
    }
    Checks.oneOf(spec, "strategy", List.of("OldestEmulationVersion"), FieldPath.SPEC, errors);
  }
}
