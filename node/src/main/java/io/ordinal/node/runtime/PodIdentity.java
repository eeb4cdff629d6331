package io.ordinal.node.runtime;

/// Which pod something belongs to.
public record PodIdentity(String namespace, String name, String uid) {

  /// `namespace/name`, for people.
  public String display() {
    return namespace + "/" + name;
  }
}
