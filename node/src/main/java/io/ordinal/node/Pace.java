package io.ordinal.node;

import java.time.Instant;
import java.util.Optional;

/// How the agent's loops are run: each on a virtual thread of its own, or step by step by a
/// simulation.
interface Pace extends AutoCloseable {

  /// Work that is repeated.
  @FunctionalInterface
  interface Task {
    /// Does what is to be done now, without waiting for anything else, and says when to come again
    /// if nobody wakes it before; empty = never again.
    Optional<Instant> step();
  }

  /// Runs a task from now on; what is returned wakes it and may be called from any thread.
  Runnable add(String name, Task task);

  @Override
  void close();
}
