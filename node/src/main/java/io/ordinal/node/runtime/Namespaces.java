package io.ordinal.node.runtime;

/// Which kernel namespaces a pod has to itself.
public record Namespaces(Scope network, Scope pid, Scope ipc) {
  /// Whose namespace it is.
  public enum Scope {
    /// The pod's.
    POD,
    /// Each container's own.
    CONTAINER,
    /// The machine's.
    NODE
  }

  /// What a pod has that asks for nothing special.
  public static final Namespaces ORDINARY = new Namespaces(Scope.POD, Scope.CONTAINER, Scope.POD);
}
