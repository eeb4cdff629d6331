package io.ordinal.node.network;

import io.ordinal.node.machine.Ipv4;
import io.ordinal.node.machine.NetworkLayout;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The part of the nftables table that does not depend on any Service: hooks, masquerading, and who
/// may reach what.
final class BaseTable {
  private BaseTable() {}

  static String text(NetworkLayout layout) {
    return TEXT.replace("$TABLE", layout.footprint().table())
        .replace("$PODS", layout.pods().toString())
        .replace("$SERVICES", layout.services().toString())
        .replace("$BRIDGES", "\"" + layout.footprint().bridgePrefix() + "*\"")
        .replace("$OWN", own(layout))
        .replace("$KEEP", Integer.toUnsignedString(~Rule.MASQUERADE_MARK))
        .replace("$MARK", Integer.toString(Rule.MASQUERADE_MARK));
  }

  /// The addresses that belong to this machine in the pod network.
  private static String own(NetworkLayout layout) {
    return layout.nodes().stream()
        .flatMap(node -> Stream.of(node.gateway(), node.address()))
        .map(Ipv4::toString)
        .collect(Collectors.joining(", "));
  }

  private static final String TEXT =
      """
      table ip $TABLE {
        map frontends { type ipv4_addr . inet_proto . inet_service : verdict; }
        map host-ports { type ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service; }
        set hairpins { type ipv4_addr . ipv4_addr; }
        set refused { type ipv4_addr . inet_proto . inet_service; }

        chain dispatch {
          dnat ip to ip daddr . meta l4proto . th dport map @host-ports
          ip daddr . meta l4proto . th dport vmap @frontends
        }
        chain from-network { type nat hook prerouting priority -100; jump dispatch; }
        chain from-machine { type nat hook output priority -100; jump dispatch; }
        chain masquerading {
          type nat hook postrouting priority 100;
          ip saddr . ip daddr @hairpins masquerade
          meta mark and $MARK != 0 meta mark set meta mark and $KEEP masquerade
          ip saddr 127.0.0.0/8 oifname $BRIDGES masquerade
          ip saddr $PODS ip daddr != { $PODS, 224.0.0.0/4 } masquerade
        }

        chain refusal {
          meta l4proto tcp reject with tcp reset
          reject
        }
        chain refuse {
          ip daddr . meta l4proto . th dport @refused goto refusal
          ip daddr $SERVICES goto refusal
        }
        chain loopback-stays-local {
          type filter hook prerouting priority -300;
          iifname $BRIDGES ip daddr 127.0.0.0/8 drop
        }
        chain to-machine {
          type filter hook input priority 0;
          ip daddr { $OWN } iifname != "lo" iifname != $BRIDGES drop
          jump refuse
        }
        chain through-machine { type filter hook forward priority 0; jump refuse; }
        chain out-of-machine { type filter hook output priority 0; jump refuse; }
      }
      """;
}
