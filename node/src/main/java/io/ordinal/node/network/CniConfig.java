package io.ordinal.node.network;

import io.ordinal.node.machine.NetworkLayout;
import io.ordinal.node.machine.NodeLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The CNI configuration of each logical node, in a folder of its own: containerd's runtime handler
/// of that node reads it from there. Only the address and the cable are CNI's; masquerading and
/// host ports are nftables' ([BaseTable]).
public final class CniConfig {
  private CniConfig() {}

  /// Where the plugins are: Debian's folder, or everybody else's.
  public static Optional<Path> plugins() {
    return Stream.of("/usr/lib/cni", "/opt/cni/bin")
        .map(Path::of)
        .filter(folder -> Files.isExecutable(folder.resolve("bridge")))
        .findFirst();
  }

  /// The folder of a node's configuration.
  public static Path folderOf(NetworkLayout layout, NodeLink node) {
    return layout.footprint().containerdFolder().resolve("cni").resolve(node.node());
  }

  /// Writes all of them. To be done before containerd starts: 1.6 does not notice a changed one.
  public static void write(NetworkLayout layout) throws IOException {
    for (var node : layout.nodes()) {
      var folder = Files.createDirectories(folderOf(layout, node));
      Files.writeString(folder.resolve("10-ordinal.conflist"), text(layout, node));
    }
  }

  static String text(NetworkLayout layout, NodeLink node) {
    return """
    {
      "cniVersion": "0.4.0",
      "name": "%s",
      "plugins": [
        {
          "type": "bridge",
          "bridge": "%s",
          "hairpinMode": true,
          "ipam": {
            "type": "host-local",
            "dataDir": "%s",
            "ranges": [[{ "subnet": "%s", "gateway": "%s" }]],
            "routes": [{ "dst": "0.0.0.0/0" }]
          }
        }
      ]
    }
    """
        .formatted(node.bridge(), node.bridge(), addresses(layout), node.podCidr(), node.gateway());
  }

  /// Who has which address: kept over restarts of everything but the machine.
  private static Path addresses(NetworkLayout layout) {
    return layout.footprint().containerdFolder().resolve("addresses");
  }
}
