package io.ordinal.node.dns;

import io.ordinal.node.machine.Ipv4;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The machine's own `resolv.conf`.
final class ResolvConf {
  private static final int PORT = 53;

  private ResolvConf() {}

  /// The IPv4 name servers of a file; none when it cannot be read.
  static List<InetSocketAddress> nameservers(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> line.startsWith("nameserver"))
          .flatMap(line -> Ipv4.find(line.substring("nameserver".length()).strip()).stream())
          .map(address -> new InetSocketAddress(address.toInetAddress(), PORT))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
