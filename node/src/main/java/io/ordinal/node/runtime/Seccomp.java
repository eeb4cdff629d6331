package io.ordinal.node.runtime;

/// Which system calls a container may make.
public sealed interface Seccomp {
  /// The runtime's own list.
  record RuntimeDefault() implements Seccomp {}

  /// All of them.
  record Unconfined() implements Seccomp {}

  /// A profile in a file of this machine.
  record Localhost(String path) implements Seccomp {}
}
