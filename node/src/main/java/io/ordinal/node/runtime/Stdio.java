package io.ordinal.node.runtime;

/// Which streams of a process are wanted. With a terminal there is no error stream.
public record Stdio(boolean stdin, boolean stdout, boolean stderr, boolean tty) {
  /// Leaves out the error stream of a terminal.
  public Stdio {
    stderr = stderr && !tty;
  }
}
