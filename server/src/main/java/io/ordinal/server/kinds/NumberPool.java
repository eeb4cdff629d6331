package io.ordinal.server.kinds;

import java.util.BitSet;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/// Numbers from 0 to below `size` that are handed out once each. The lowest `band` of them are for
/// those who ask for a certain one; who takes any gets a random one above, as long as there is one
/// (KEP-3070, KEP-3668).
final class NumberPool {
  private final int size;
  private final int band;
  private final BitSet taken;

  NumberPool(int size, int band) {
    this.size = size;
    this.band = band;
    this.taken = new BitSet(size);
  }

  boolean contains(long number) {
    return number >= 0 && number < size;
  }

  /// Whether it was free.
  synchronized boolean take(int number) {
    if (taken.get(number)) return false;
    taken.set(number);
    return true;
  }

  /// Any free one; empty when all are taken.
  synchronized OptionalInt takeAny(RandomGenerator random) {
    var found = freeFrom(band + random.nextInt(Math.max(1, size - band)), band, size);
    if (found < 0) found = freeFrom(0, 0, band);
    if (found < 0) return OptionalInt.empty();
    taken.set(found);
    return OptionalInt.of(found);
  }

  /// The first free number at or behind `start`, going around between `low` and `high`; -1 when
  /// there is none.
  private int freeFrom(int start, int low, int high) {
    var found = taken.nextClearBit(start);
    if (found < high) return found;
    found = taken.nextClearBit(low);
    return found < start && found < high ? found : -1;
  }

  synchronized boolean isFree(int number) {
    return !taken.get(number);
  }

  synchronized void giveBack(int number) {
    taken.clear(number);
  }
}
