package io.ordinal.node.network;

import io.ordinal.node.machine.Ipv4;
import java.util.Comparator;

/// Where clients knock: an address and port that stand for others.
public record Frontend(Ipv4 address, Protocol protocol, int port) implements Comparable<Frontend> {
  private static final Comparator<Frontend> ORDER =
      Comparator.comparing(Frontend::address)
          .thenComparing(Frontend::protocol)
          .thenComparingInt(Frontend::port);

  @Override
  public int compareTo(Frontend other) {
    return ORDER.compare(this, other);
  }

  /// As an element of an nftables set: `10.96.0.1 . tcp . 443`.
  @Override
  public String toString() {
    return address + " . " + protocol + " . " + port;
  }
}
