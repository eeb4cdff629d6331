package io.ordinal.node.network;

import io.ordinal.node.machine.Cidr;
import io.ordinal.node.machine.Ipv4;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One rule of a Service's chain: all that the proxy ever says about a packet. A chain's rules are
/// tried in order; one that does not apply lets the next one try.
public sealed interface Rule {
  /// The bit of the packet mark that asks for masquerading at the end, the one that kube-proxy
  /// uses.
  int MASQUERADE_MARK = 0x4000;

  /// The rule as nftables reads it.
  String text();

  /// A client that this set remembers goes to its endpoint again.
  record Sticky(String set, String chain) implements Rule {
    @Override
    public String text() {
      return "ip saddr @" + set + " goto " + chain;
    }
  }

  /// The client is remembered; each use renews it.
  record Remember(String set) implements Rule {
    @Override
    public String text() {
      return "update @" + set + " { ip saddr }";
    }
  }

  /// One of these chains, by chance.
  record Pick(List<String> chains) implements Rule {
    public Pick {
      chains = List.copyOf(chains);
    }

    @Override
    public String text() {
      return "numgen random mod "
          + chains.size()
          + " vmap "
          + numbered(chains.stream().map("goto "::concat).toList());
    }
  }

  /// The packet goes to one of these, by chance, and so does the rest of its connection.
  record Forward(Protocol protocol, List<Backend> backends) implements Rule {
    public Forward {
      backends = List.copyOf(backends);
    }

    @Override
    public String text() {
      var to =
          backends.size() == 1
              ? backends.getFirst().address() + ":" + backends.getFirst().port()
              : "numgen random mod " + backends.size() + " map " + numbered(backends);
      return "meta l4proto " + protocol + " dnat ip to " + to;
    }
  }

  /// Clients in a range go there.
  record From(Cidr range, String chain) implements Rule {
    @Override
    public String text() {
      return "ip saddr " + range + " goto " + chain;
    }
  }

  /// What the machine itself sends goes there, masqueraded.
  record FromMachine(String chain) implements Rule {
    @Override
    public String text() {
      return "fib saddr type local " + Masquerade.TEXT + " goto " + chain;
    }
  }

  /// What was sent to this address goes there.
  record To(Ipv4 address, String chain) implements Rule {
    @Override
    public String text() {
      return "ip daddr " + address + " goto " + chain;
    }
  }

  /// The packet will leave with this machine's address as its source.
  record Masquerade() implements Rule {
    private static final String TEXT =
        "meta mark set meta mark or 0x" + Integer.toHexString(MASQUERADE_MARK);

    @Override
    public String text() {
      return TEXT;
    }
  }

  /// Everything else goes there.
  record Goto(String chain) implements Rule {
    @Override
    public String text() {
      return "goto " + chain;
    }
  }

  /// The packet vanishes.
  record Drop() implements Rule {
    @Override
    public String text() {
      return "drop";
    }
  }

  private static String numbered(List<?> values) {
    return IntStream.range(0, values.size())
        .mapToObj(i -> i + " : " + values.get(i))
        .collect(Collectors.joining(", ", "{ ", " }"));
  }
}
