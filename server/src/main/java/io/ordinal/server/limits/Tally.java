package io.ordinal.server.limits;

import io.ordinal.schema.Quantity;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One quota's account: what stored objects use, and what is held for those that are being written.
final class Tally {
  private Quota quota;
  private final Map<String, Quantity> taken = new TreeMap<>();

  Tally(Quota quota) {
    this.quota = quota;
  }

  Quota quota() {
    return quota;
  }

  /// What it allows has changed, and not what it is about.
  void allows(Quota other) {
    quota = other;
  }

  void take(Map<String, Quantity> amounts) {
    Amounts.add(taken, amounts);
  }

  void giveBack(Map<String, Quantity> amounts) {
    Amounts.subtract(taken, amounts);
  }

  /// Why so much more is too much: `exceeded quota: …`, or empty.
  String refusal(Map<String, Quantity> more) {
    var exceeded = new TreeMap<String, Quantity>();
    more.forEach((name, amount) -> {
      var hard = quota.hard().get(name);
      if (hard != null && taken(name).plus(amount).compareTo(hard) > 0) exceeded.put(name, amount);
    });
    if (exceeded.isEmpty()) return "";
    return "exceeded quota: %s, requested: %s, used: %s, limited: %s"
        .formatted(
            quota.name(),
            listed(exceeded.keySet(), exceeded),
            listed(exceeded.keySet(), taken),
            listed(exceeded.keySet(), quota.hard()));
  }

  private Quantity taken(String name) {
    return taken.getOrDefault(name, Quantity.ZERO);
  }

  private static String listed(Set<String> names, Map<String, Quantity> amounts) {
    return names.stream()
        .map(name -> name + "=" + amounts.getOrDefault(name, Quantity.ZERO))
        .collect(Collectors.joining(","));
  }
}
