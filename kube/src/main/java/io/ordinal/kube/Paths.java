package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// Where objects live below the API server's root.
public final class Paths {
  private Paths() {}

  public static String of(HasMetadata object) {
    String version = object.getApiVersion();
    String root = version.contains("/") ? "/apis/" + version : "/api/" + version;
    String namespace = object.getMetadata().getNamespace();
    String within = namespace == null || namespace.isEmpty() ? "" : "/namespaces/" + namespace;
    return root + within + "/" + object.getPlural() + "/" + object.getMetadata().getName();
  }
}
