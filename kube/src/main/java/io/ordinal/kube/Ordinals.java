package io.ordinal.kube;

import java.util.OptionalInt;

/// Names that end in a number, as a StatefulSet gives them to its pods: `web-0`.
public final class Ordinals {
  private Ordinals() {}

  public static String name(String set, int ordinal) {
    return set + "-" + ordinal;
  }

  /// What stands before the last hyphen, if digits and nothing else follow it; otherwise empty.
  public static String parent(String name) {
    int hyphen = hyphenBeforeDigits(name);
    return hyphen < 0 ? "" : name.substring(0, hyphen);
  }

  /// The number after the last hyphen; empty when there is none or it does not fit 32 bits.
  public static OptionalInt of(String name) {
    int hyphen = hyphenBeforeDigits(name);
    if (hyphen < 0) return OptionalInt.empty();
    long ordinal = 0;
    for (int i = hyphen + 1; i < name.length(); i++) {
      ordinal = ordinal * 10 + (name.charAt(i) - '0');
      if (ordinal > Integer.MAX_VALUE) return OptionalInt.empty();
    }
    return OptionalInt.of((int) ordinal);
  }

  private static int hyphenBeforeDigits(String name) {
    int at = name.length();
    while (at > 0 && name.charAt(at - 1) >= '0' && name.charAt(at - 1) <= '9') at--;
    boolean fits = at < name.length() && at > 0 && name.charAt(at - 1) == '-';
    return fits ? at - 1 : -1;
  }
}
