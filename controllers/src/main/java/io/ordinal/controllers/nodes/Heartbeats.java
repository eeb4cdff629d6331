package io.ordinal.controllers.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// When each node was last heard of, by the clock of the one who listens.
///
/// What a node writes into its lease is only compared with what it wrote before, never with a
/// clock: whether clocks agree, or jump, does not matter. A node that has just come into sight, as
/// all have after a restart, counts as heard of.
final class Heartbeats {
  private record Heard(String sign, Instant at) {}

  private final Map<String, Heard> last = new HashMap<>();

  /// `sign` is anything that changes with every heartbeat; `now` is steady time.
  synchronized void see(String node, String sign, Instant now) {
    Heard before = last.get(node);
    if (before == null || !before.sign.equals(sign)) {
      last.put(node, new Heard(sign, now));
    }
  }

  synchronized void forget(String node) {
    last.remove(node);
  }

  synchronized Duration silence(String node, Instant now) {
    Heard heard = last.get(node);
    return heard == null ? Duration.ZERO : Duration.between(heard.at, now);
  }
}
