package io.ordinal.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;

/// Where the API server, or the console, listens for the outside: one address of this machine, or
/// all of them.
///
/// @param address as the user gave it: `127.0.0.1`, `0.0.0.0`, `192.0.2.7`, a host name
public record Endpoint(String address) {

  /// What clients reach it by: nobody can connect to "all addresses", so those stand for each one
  /// that the machine has now.
  public List<String> names() {
    return isWildcard() ? machineAddresses() : List.of(address);
  }

  /// How a client on this machine calls it.
  public String url(int port) {
    var host = isWildcard() ? "127.0.0.1" : address;
    return "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private boolean isWildcard() {
    try {
      return InetAddress.ofLiteral(address).isAnyLocalAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Pods' ends of their cables come and go, and nobody calls by them.
  private static List<String> machineAddresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(each -> !each.getName().startsWith("veth"))
          .flatMap(NetworkInterface::inetAddresses)
          .filter(each -> !each.isLinkLocalAddress())
          .map(Endpoint::text)
          .distinct()
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(InetAddress address) {
    return address instanceof Inet6Address
        ? address.getHostAddress().replaceFirst("%.*$", "")
        : address.getHostAddress();
  }
}
