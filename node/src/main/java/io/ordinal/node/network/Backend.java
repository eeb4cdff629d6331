package io.ordinal.node.network;

import io.ordinal.node.machine.Ipv4;
import java.util.Comparator;

/// Who answers in the end: a pod's or a host's address and port.
public record Backend(Ipv4 address, int port) implements Comparable<Backend> {
  private static final Comparator<Backend> ORDER =
      Comparator.comparing(Backend::address).thenComparingInt(Backend::port);

  @Override
  public int compareTo(Backend other) {
    return ORDER.compare(this, other);
  }

  /// As a value of an nftables map: `10.1.1.2 . 80`.
  @Override
  public String toString() {
    return address + " . " + port;
  }
}
