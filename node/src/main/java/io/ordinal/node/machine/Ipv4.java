package io.ordinal.node.machine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// An IPv4 address. Ordered as numbers.
///
/// @param bits in network order: 10.0.0.1 is 0x0A000001
public record Ipv4(int bits) implements Comparable<Ipv4> {

  /// Reads a dotted quad, strictly: no leading zeros, no short forms.
  public static Optional<Ipv4> find(String text) {
    var parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    var bits = 0;
    for (var part : parts) {
      var byteValue = decimalByte(part);
      if (byteValue < 0) {
        return Optional.empty();
      }
      bits = (bits << 8) | byteValue;
    }
    return Optional.of(new Ipv4(bits));
  }

  /// As [#find].
  ///
  /// @throws IllegalArgumentException when it is not an IPv4 address
  public static Ipv4 parse(String text) {
    return find(text)
        .orElseThrow(() -> new IllegalArgumentException("not an IPv4 address: " + text));
  }

  private static int decimalByte(String part) {
    if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
      return -1;
    }
    var value = 0;
    for (var i = 0; i < part.length(); i++) {
      var digit = part.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value > 255 ? -1 : value;
  }

  /// The address `count` after this one.
  public Ipv4 plus(int count) {
    return new Ipv4(bits + count);
  }

  public InetAddress toInetAddress() {
    try {
      return InetAddress.getByAddress(toBytes());
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  public byte[] toBytes() {
    return new byte[] {
      (byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits
    };
  }

  @Override
  public int compareTo(Ipv4 other) {
    return Integer.compareUnsigned(bits, other.bits);
  }

  @Override
  public String toString() {
    return (bits >>> 24)
        + "."
        + ((bits >>> 16) & 255)
        + "."
        + ((bits >>> 8) & 255)
        + "."
        + (bits & 255);
  }
}
