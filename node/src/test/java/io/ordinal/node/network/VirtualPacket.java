package io.ordinal.node.network;

import io.ordinal.node.machine.Cidr;
import io.ordinal.node.machine.Ipv4;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A packet that exists only here and walks through a rule set as the kernel would walk it. Where
/// chance decides it goes every way.
///
/// @param fromMachine whether a process of the machine itself sent it
record VirtualPacket(Ipv4 from, Frontend to, boolean fromMachine) {

  /// Where a packet ends.
  sealed interface Fate {
    /// At one of these; masqueraded if the receiver sees the machine's address as the sender.
    record Delivered(Set<Backend> to, boolean masqueraded) implements Fate {}

    /// Told at once that nobody is there.
    record Refused() implements Fate {}

    /// Never heard of again.
    record Dropped() implements Fate {}

    /// Not the proxy's business: it goes where it was sent.
    record Untouched() implements Fate {}
  }

  static VirtualPacket fromPod(String from, String to, int port) {
    return new VirtualPacket(
        Ipv4.parse(from), new Frontend(Ipv4.parse(to), Protocol.TCP, port), false);
  }

  static VirtualPacket fromMachine(String to, int port) {
    return new VirtualPacket(
        Ipv4.parse("10.1.1.1"), new Frontend(Ipv4.parse(to), Protocol.TCP, port), true);
  }

  /// Walks with an empty memory of clients.
  Fate walk(RuleSet rules) {
    return walk(rules, Map.of());
  }

  /// Walks; `memories` says which sets remember which clients.
  Fate walk(RuleSet rules, Map<String, Set<Ipv4>> memories) {
    var hostPort = rules.hostPorts().get(to);
    if (hostPort != null) {
      return delivered(rules, Set.of(hostPort), false);
    }
    var chain = rules.frontends().get(to);
    if (chain != null) {
      return new Walk(rules, memories).through(chain, false);
    }
    return rules.refused().contains(to) ? new Fate.Refused() : new Fate.Untouched();
  }

  private Fate delivered(RuleSet rules, Set<Backend> backends, boolean marked) {
    var toItself =
        backends.stream().allMatch(each -> each.address().equals(from))
            && rules.hairpins().contains(from);
    return new Fate.Delivered(new TreeSet<>(backends), marked || toItself);
  }

  private final class Walk {
    private final RuleSet rules;
    private final Map<String, Set<Ipv4>> memories;

    Walk(RuleSet rules, Map<String, Set<Ipv4>> memories) {
      this.rules = rules;
      this.memories = new HashMap<>(memories);
    }

    Fate through(String chain, boolean markedBefore) {
      var steps = rules.chains().get(chain);
      if (steps == null) {
        throw new AssertionError("a rule leads to a chain that is not there: " + chain);
      }
      var marked = markedBefore;
      for (var rule : steps) {
        switch (rule) {
          case Rule.Sticky(var set, var next)
              when memories.getOrDefault(set, Set.of()).contains(from) -> {
            return through(next, marked);
          }
          case Rule.From(Cidr range, var next) when range.contains(from) -> {
            return through(next, marked);
          }
          case Rule.FromMachine(var next) when fromMachine -> {
            return through(next, true);
          }
          case Rule.To(var address, var next) when address.equals(to.address()) -> {
            return through(next, marked);
          }
          case Rule.Goto(var next) -> {
            return through(next, marked);
          }
          case Rule.Pick(var chains) -> {
            return anyOf(chains, marked);
          }
          case Rule.Forward(var protocol, var backends) when protocol == to.protocol() -> {
            return delivered(rules, Set.copyOf(backends), marked);
          }
          case Rule.Drop _ -> {
            return new Fate.Dropped();
          }
          case Rule.Masquerade _ -> marked = true;
          case Rule.Remember(var set) -> {
            if (!rules.memories().containsKey(set)) {
              throw new AssertionError("a rule fills a set that is not there: " + set);
            }
          }
          case Rule.Sticky _, Rule.From _, Rule.FromMachine _, Rule.To _, Rule.Forward _ -> {}
        }
      }
      return new Fate.Untouched();
    }

    private Fate anyOf(List<String> chains, boolean marked) {
      var all = new TreeSet<Backend>();
      for (var chain : chains) {
        if (through(chain, marked) instanceof Fate.Delivered(var to, _)) {
          all.addAll(to);
        }
      }
      return delivered(rules, all, marked);
    }
  }
}
