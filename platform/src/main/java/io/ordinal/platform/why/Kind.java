package io.ordinal.platform.why;

import io.ordinal.platform.why.facts.Resource;
import java.util.Locale;
import java.util.Optional;

/// What can be asked about.
public enum Kind {
  STATEFUL_SET(Resource.SETS),
  POD(Resource.PODS),
  CLAIM(Resource.CLAIMS);

  private final Resource resource;

  Kind(Resource resource) {
    this.resource = resource;
  }

  Resource resource() {
    return resource;
  }

  /// By any of the names that kubectl takes.
  public static Optional<Kind> named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "sts", "statefulset", "statefulsets" -> Optional.of(STATEFUL_SET);
      case "po", "pod", "pods" -> Optional.of(POD);
      case "pvc", "persistentvolumeclaim", "persistentvolumeclaims" -> Optional.of(CLAIM);
      default -> Optional.empty();
    };
  }
}
