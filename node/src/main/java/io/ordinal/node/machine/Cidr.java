package io.ordinal.node.machine;

import java.net.InetAddress;

/// A range of IPv4 addresses, such as 10.96.0.0/16.
///
/// @param first the address with all host bits zero
/// @param prefix number of leading bits that are fixed, 1 to 32
public record Cidr(Ipv4 first, int prefix) {
  public Cidr {
    if (prefix < 1 || prefix > 32 || (first.bits() & ~mask(prefix)) != 0) {
      throw new IllegalArgumentException("not a range: " + first + "/" + prefix);
    }
  }

  /// Reads `a.b.c.d/n`.
  ///
  /// @throws IllegalArgumentException when it is not a range
  public static Cidr parse(String text) {
    var slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not a range: " + text);
    }
    return new Cidr(
        Ipv4.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  public boolean contains(Ipv4 address) {
    return (address.bits() & mask(prefix)) == first.bits();
  }

  /// Never true for an IPv6 address.
  public boolean contains(InetAddress address) {
    return Ipv4.find(address.getHostAddress()).filter(this::contains).isPresent();
  }

  public boolean overlaps(Cidr other) {
    return contains(other.first) || other.contains(first);
  }

  /// The `index`-th address, counted from 0.
  public Ipv4 address(int index) {
    return first.plus(index);
  }

  /// The `index`-th range of this one with the given prefix, counted from 0.
  public Cidr part(int index, int partPrefix) {
    return new Cidr(first.plus(index << (32 - partPrefix)), partPrefix);
  }

  private static int mask(int prefix) {
    return -1 << (32 - prefix);
  }

  @Override
  public String toString() {
    return first + "/" + prefix;
  }
}
