package io.ordinal.platform.why.facts;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// What is looked at, and where the API serves it.
public enum Resource {
  PODS("/api/v1", "pods", true),
  CLAIMS("/api/v1", "persistentvolumeclaims", true),
  SETS("/apis/apps/v1", "statefulsets", true),
  SERVICES("/api/v1", "services", true),
  SECRETS("/api/v1", "secrets", true),
  EVENTS("/api/v1", "events", true),
  NODES("/api/v1", "nodes", false),
  VOLUMES("/api/v1", "persistentvolumes", false),
  CLASSES("/apis/storage.k8s.io/v1", "storageclasses", false);

  private final String group;
  private final String plural;
  private final boolean namespaced;

  Resource(String group, String plural, boolean namespaced) {
    this.group = group;
    this.plural = plural;
    this.namespaced = namespaced;
  }

  /// As people and RBAC rules name it.
  public String plural() {
    return plural;
  }

  String collection(String namespace) {
    return namespaced
        ? group + "/namespaces/" + escaped(namespace) + "/" + plural
        : group + "/" + plural;
  }

  String object(String namespace, String name) {
    return collection(namespace) + "/" + escaped(name);
  }

  static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
