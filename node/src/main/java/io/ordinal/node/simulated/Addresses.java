package io.ordinal.node.simulated;

import java.util.BitSet;

/// Gives out addresses of a range such as `10.244.0.0/24`, the lowest free one first.
final class Addresses {
  private final long base;
  private final int size;
  private final BitSet used = new BitSet();

  Addresses(String cidr) {
    var slash = cidr.indexOf('/');
    base = number(cidr.substring(0, slash));
    size = 1 << Math.min(30, 32 - Integer.parseInt(cidr.substring(slash + 1)));
    used.set(0, 2);
  }

  String take() {
    int free = used.nextClearBit(2);
    if (free >= size - 1) {
      throw new IllegalStateException("no address is left in the pod range");
    }
    used.set(free);
    return text(base + free);
  }

  void giveBack(String address) {
    used.clear((int) (number(address) - base));
  }

  private static long number(String address) {
    long number = 0;
    for (var part : address.split("\\.", -1)) {
      number = number << 8 | Integer.parseInt(part);
    }
    return number;
  }

  private static String text(long number) {
    return "%d.%d.%d.%d"
        .formatted(number >> 24 & 255, number >> 16 & 255, number >> 8 & 255, number & 255);
  }
}
