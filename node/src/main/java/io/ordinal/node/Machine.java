package io.ordinal.node;

import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import java.util.Optional;

/// What there is to say about the computer under a node. Two implementations: this machine and a
/// simulated one.
public interface Machine {

  /// What it has.
  NodeConfig.Size size();

  /// What it is; the agent adds the runtime's and its own versions.
  NodeSystemInfo info();

  /// What it is short of.
  Pressure pressure();

  /// Which resources run out.
  record Pressure(boolean memory, boolean disk, boolean pids) {
    /// None.
    public static final Pressure NONE = new Pressure(false, false, false);
  }

  /// What marks a node on which nothing really runs; empty for real ones.
  default Optional<String> simulated() {
    return Optional.empty();
  }
}
