package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// The name of an object within its kind; `namespace` is empty for what belongs to the whole
/// cluster. Ordered by namespace, then name, so that everything that walks over keys does it in one
/// order.
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

  public static ObjectKey of(HasMetadata object) {
    var namespace = object.getMetadata().getNamespace();
    return new ObjectKey(namespace == null ? "" : namespace, object.getMetadata().getName());
  }

  @Override
  public int compareTo(ObjectKey other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  /// As logs and people write it: `namespace/name`, or the name alone.
  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
