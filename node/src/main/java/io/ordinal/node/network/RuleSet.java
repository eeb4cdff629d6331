package io.ordinal.node.network;

import io.ordinal.node.machine.Ipv4;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the proxy wants of the kernel, as a value: it can be compared, printed, and walked by a
/// packet that exists only in a test. [NftScript] turns the difference between two of them into one
/// transaction.
///
/// @param chains by name
/// @param memories the sets that remember clients, with how long they do
/// @param frontends the chain that decides about a frontend's packets
/// @param hostPorts frontends that belong to one pod each
/// @param hairpins addresses that may get their own packets back, and must then not see themselves
///   as the sender
/// @param refused frontends without anybody behind them
public record RuleSet(
    SortedMap<String, List<Rule>> chains,
    SortedMap<String, Duration> memories,
    SortedMap<Frontend, String> frontends,
    SortedMap<Frontend, Backend> hostPorts,
    SortedSet<Ipv4> hairpins,
    SortedSet<Frontend> refused) {

  public static final RuleSet EMPTY = new Builder().build();

  /// All of them in one; where two claim the same frontend, the earlier one has it.
  public static RuleSet merge(Collection<RuleSet> parts) {
    var all = new Builder();
    for (var part : parts) {
      all.chains.putAll(part.chains);
      all.memories.putAll(part.memories);
      part.frontends.forEach(all.frontends::putIfAbsent);
      part.hostPorts.forEach(all.hostPorts::putIfAbsent);
      all.hairpins.addAll(part.hairpins);
      all.refused.addAll(part.refused);
    }
    all.refused.removeAll(all.frontends.keySet());
    return all.build();
  }

  /// Collects a rule set.
  static final class Builder {
    final TreeMap<String, List<Rule>> chains = new TreeMap<>();
    final TreeMap<String, Duration> memories = new TreeMap<>();
    final TreeMap<Frontend, String> frontends = new TreeMap<>();
    final TreeMap<Frontend, Backend> hostPorts = new TreeMap<>();
    final TreeSet<Ipv4> hairpins = new TreeSet<>();
    final TreeSet<Frontend> refused = new TreeSet<>();

    /// Adds a chain and answers its name.
    String chain(String name, List<Rule> rules) {
      chains.put(name, List.copyOf(rules));
      return name;
    }

    RuleSet build() {
      return new RuleSet(
          Collections.unmodifiableSortedMap(chains),
          Collections.unmodifiableSortedMap(memories),
          Collections.unmodifiableSortedMap(frontends),
          Collections.unmodifiableSortedMap(hostPorts),
          Collections.unmodifiableSortedSet(hairpins),
          Collections.unmodifiableSortedSet(refused));
    }
  }

  /// Every backend that a frontend may lead to.
  SortedSet<Backend> backendsOf(Frontend frontend) {
    var found = new TreeSet<Backend>();
    var hostPort = hostPorts.get(frontend);
    if (hostPort != null) {
      found.add(hostPort);
    }
    var chain = frontends.get(frontend);
    if (chain != null) {
      collect(chain, found);
    }
    return found;
  }

  private void collect(String chain, SortedSet<Backend> found) {
    for (var rule : chains.getOrDefault(chain, List.of())) {
      switch (rule) {
        case Rule.Forward(_, var backends) -> found.addAll(backends);
        case Rule.Pick(var next) -> next.forEach(each -> collect(each, found));
        case Rule.From(_, var next) -> collect(next, found);
        case Rule.FromMachine(var next) -> collect(next, found);
        case Rule.To(_, var next) -> collect(next, found);
        case Rule.Goto(var next) -> collect(next, found);
        case Rule.Sticky _, Rule.Remember _, Rule.Masquerade _, Rule.Drop _ -> {}
      }
    }
  }

  /// All frontends that lead somewhere.
  SortedSet<Frontend> open() {
    var all = new TreeSet<>(frontends.keySet());
    all.addAll(hostPorts.keySet());
    return all;
  }
}
