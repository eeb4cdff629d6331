package io.ordinal.cluster;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a cluster is to run.
///
/// @param data the data folder
/// @param address where the API server listens for the outside; loopback unless asked otherwise
/// @param apiPort its port; 0 chooses a free one
/// @param nodes how many logical nodes this machine carries, 1 to 50; empty: as many as the data
///   folder had at its last start, or one
/// @param runtime empty: the one that the data folder had at its last start, or containerd
/// @param consolePort the console's port; 0 chooses a free one; empty: no console
public record ClusterConfig(
    Path data,
    String address,
    int apiPort,
    Optional<Integer> nodes,
    Optional<RuntimeKind> runtime,
    Optional<Integer> consolePort) {

  /// What runs the containers.
  public enum RuntimeKind {
    CONTAINERD,
    SIMULATED;

    /// The kind that users call by this name.
    ///
    /// @throws UserError when there is none
    public static RuntimeKind named(String name) {
      return Arrays.stream(values())
          .filter(kind -> kind.toString().equals(name))
          .findFirst()
          .orElseThrow(
              () -> new UserError("--runtime " + name + ": must be containerd or simulated"));
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final int MOST_NODES = 50;
  private static final int MOST_PORTS = 65_535;

  public ClusterConfig {
    nodes
        .filter(n -> n < 1 || n > MOST_NODES)
        .ifPresent(n -> {
          throw new UserError("--nodes " + n + ": must be 1 to " + MOST_NODES);
        });
    if (apiPort < 0 || apiPort > MOST_PORTS) {
      throw new UserError("--api-port " + apiPort + ": must be 0 to " + MOST_PORTS);
    }
    consolePort
        .filter(port -> port < 0 || port > MOST_PORTS)
        .ifPresent(port -> {
          throw new UserError("--console-port " + port + ": must be 0 to " + MOST_PORTS);
        });
    data = DataFolder.real(data);
  }

  /// A cluster without a console.
  public ClusterConfig(
      Path data,
      String address,
      int apiPort,
      Optional<Integer> nodes,
      Optional<RuntimeKind> runtime) {
    this(data, address, apiPort, nodes, runtime, Optional.empty());
  }

  /// The same cluster with a console.
  public ClusterConfig withConsole(int port) {
    return new ClusterConfig(data, address, apiPort, nodes, runtime, Optional.of(port));
  }

  /// The runtime that a start has: the one asked for, else what the data folder remembers, else
  /// containerd.
  public RuntimeKind runtimeToBe() {
    return runtime
        .or(() -> Settings.read(new DataFolder(data)).map(Settings::runtime))
        .orElse(RuntimeKind.CONTAINERD);
  }

  /// The name of the `index`-th logical node, counted from 0.
  public static String nodeName(int index) {
    return "node-" + (index + 1);
  }
}
