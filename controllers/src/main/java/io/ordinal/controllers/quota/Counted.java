package io.ordinal.controllers.quota;

import java.util.Optional;
import java.util.Set;

/// A kind of which a quota limits the number: `count/leases.coordination.k8s.io`, `secrets`.
record Counted(String group, String plural) {
  private static final String COUNT = "count/";
  private static final Set<String> OF_OLD =
      Set.of("configmaps", "secrets", "replicationcontrollers", "resourcequotas");

  /// What the name of a resource counts; empty when it is used by pods, services or claims, whose
  /// own usage says it.
  static Optional<Counted> of(String resource) {
    if (OF_OLD.contains(resource)) {
      return Optional.of(new Counted("", resource));
    }
    if (!resource.startsWith(COUNT)) {
      return Optional.empty();
    }
    String name = resource.substring(COUNT.length());
    int dot = name.indexOf('.');
    if (dot >= 0) {
      return Optional.of(new Counted(name.substring(dot + 1), name.substring(0, dot)));
    }
    return switch (name) {
      case "pods", "services", "persistentvolumeclaims" -> Optional.empty();
      default -> Optional.of(new Counted("", name));
    };
  }
}
