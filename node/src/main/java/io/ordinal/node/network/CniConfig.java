package io.ordinal.node.network;

import io.ordinal.node.machine.Folders;
import io.ordinal.node.machine.Footprint;
import io.ordinal.node.machine.NetworkLayout;
import io.ordinal.node.machine.NodeLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The CNI configuration of each logical node, in a folder of its own: containerd's runtime handler
/// of that node reads it from there. Only the address and the cable are CNI's; masquerading and
/// host ports are nftables' ([BaseTable]).
public final class CniConfig {
  private static final Path NOTES = Path.of("/var/lib/cni/results");
  private static final int SANDBOX_ID = 64;

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
        .formatted(
            node.bridge(),
            node.bridge(),
            addresses(layout.footprint()),
            node.podCidr(),
            node.gateway());
  }

  /// Forgets who had which address, and what CNI noted about those pods in its own folder. For when
  /// no pod is left.
  static void forgetAddresses(Footprint footprint) throws IOException {
    var addresses = addresses(footprint);
    if (Files.isDirectory(addresses) && Files.isDirectory(NOTES)) {
      var sandboxes = sandboxes(addresses);
      try (var notes = Files.list(NOTES)) {
        for (var note : notes.toList()) {
          if (sandboxes.stream().anyMatch(note.getFileName().toString()::contains)) {
            Files.deleteIfExists(note);
          }
        }
      }
    }
    Folders.delete(addresses);
  }

  /// host-local keeps a file per address that begins with the id of the sandbox, and a few of its
  /// own.
  private static List<String> sandboxes(Path addresses) throws IOException {
    try (var files = Files.walk(addresses)) {
      var ids = new ArrayList<String>();
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.readString(file)
            .lines()
            .findFirst()
            .filter(line -> line.length() == SANDBOX_ID)
            .ifPresent(ids::add);
      }
      return ids;
    }
  }

  /// Who has which address: kept over restarts of everything but the machine.
  private static Path addresses(Footprint footprint) {
    return footprint.containerdFolder().resolve("addresses");
  }
}
