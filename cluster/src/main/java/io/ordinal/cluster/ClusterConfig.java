package io.ordinal.cluster;

import java.nio.file.Path;

/// How a cluster is to run.
///
/// @param data the data folder
/// @param address where the API server listens for the outside; loopback unless asked otherwise
/// @param apiPort its port; 0 chooses a free one
/// @param nodes how many logical nodes this machine carries, 1 to 50
public record ClusterConfig(
    Path data, String address, int apiPort, int nodes, RuntimeKind runtime) {

  /// What runs the containers.
  public enum RuntimeKind {
    CONTAINERD,
    SIMULATED
  }

  private static final int MOST_NODES = 50;
  private static final int MOST_PORTS = 65_535;

  public ClusterConfig {
    if (nodes < 1 || nodes > MOST_NODES) {
      throw new UserError("--nodes " + nodes + ": must be 1 to " + MOST_NODES);
    }
    if (apiPort < 0 || apiPort > MOST_PORTS) {
      throw new UserError("--api-port " + apiPort + ": must be 0 to " + MOST_PORTS);
    }
    data = data.toAbsolutePath().normalize();
  }

  /// The name of the `index`-th logical node, counted from 0.
  public static String nodeName(int index) {
    return "node-" + (index + 1);
  }
}
