package io.ordinal.node.network;

import io.ordinal.node.machine.Command;
import io.ordinal.node.machine.Footprint;
import io.ordinal.node.machine.NetworkLayout;
import io.ordinal.node.machine.NodeLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The bridges of a layout on the machine: made in one call of `ip`, left as they are when they are
/// there already.
public final class Bridges {
  private static final Path INTERFACES = Path.of("/sys/class/net");
  private static final Path IPV4 = Path.of("/proc/sys/net/ipv4");

  private Bridges() {}

  /// Makes bridges, addresses and the route to ClusterIPs, and lets the kernel forward. Does
  /// nothing twice.
  public static void up(NetworkLayout layout) throws IOException {
    Command.of("ip", "-batch", "-").must(upScript(layout, Bridges::exists));
    write(IPV4.resolve("ip_forward"), "1");
    for (var node : layout.nodes()) {
      // Node ports and host ports answer at 127.0.0.1 too: BaseTable keeps pods away from it.
      write(IPV4.resolve("conf").resolve(node.bridge()).resolve("route_localnet"), "1");
    }
  }

  /// Removes what [#up] made of a data folder, and its nftables table. Does nothing when nothing is
  /// there.
  public static void down(Footprint footprint) throws IOException {
    var script = new StringBuilder();
    for (var bridge : bridgesOf(footprint)) {
      script.append("link delete ").append(bridge).append('\n');
    }
    if (!script.isEmpty()) {
      Command.of("ip", "-batch", "-").must(script.toString());
    }
    var table = footprint.table();
    Command.of("nft", "-f", "-")
        .must("add table ip " + table + "\ndelete table ip " + table + "\n");
  }

  static String upScript(NetworkLayout layout, java.util.function.Predicate<String> exists) {
    var lines = new ArrayList<String>();
    for (var node : layout.nodes()) {
      var bridge = node.bridge();
      if (!exists.test(bridge)) {
        // A fixed hardware address: the bridge would else take its lowest port's, which comes and
        // goes with pods.
        // nf_call_iptables brings what stays on the bridge before nftables too: answers of a
        // Service's endpoint that
        // is a neighbour of the client.
        lines.add(
            "link add name "
                + bridge
                + " address "
                + hardwareAddress(node)
                + " type bridge nf_call_iptables 1");
      }
      lines.add("link set dev " + bridge + " up");
      lines.add(
          "addr replace " + node.gateway() + "/" + node.podCidr().prefix() + " dev " + bridge);
      lines.add("addr replace " + node.address() + "/32 dev " + bridge);
    }
    // The machine itself needs a way to ClusterIPs before nftables rewrites them, whatever its
    // other routes are.
    lines.add(
        "route replace "
            + layout.services()
            + " dev lo src "
            + layout.nodes().getFirst().gateway());
    return String.join("\n", lines) + "\n";
  }

  private static String hardwareAddress(NodeLink node) {
    var bytes = node.gateway().toBytes();
    return String.format("0a:58:%02x:%02x:%02x:%02x", bytes[0], bytes[1], bytes[2], bytes[3]);
  }

  private static boolean exists(String name) {
    return Files.exists(INTERFACES.resolve(name));
  }

  private static List<String> bridgesOf(Footprint footprint) throws IOException {
    try (Stream<Path> all = Files.list(INTERFACES)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith(footprint.bridgePrefix()))
          .toList();
    }
  }

  private static void write(Path setting, String value) throws IOException {
    if (!Files.readString(setting).strip().equals(value)) {
      Files.writeString(setting, value);
    }
  }
}
