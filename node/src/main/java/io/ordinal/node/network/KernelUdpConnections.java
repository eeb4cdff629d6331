package io.ordinal.node.network;

import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The kernel's connection tracking, asked over netlink: the program `conntrack` is on few
/// machines.
final class KernelUdpConnections implements UdpConnections {
  private static final Logger LOG = LoggerFactory.getLogger(KernelUdpConnections.class);

  @Override
  public void forget(RuleSet before, RuleSet now) {
    var frontends = new TreeSet<Frontend>();
    collectUdp(before, frontends);
    collectUdp(now, frontends);
    if (frontends.stream()
        .allMatch(frontend -> before.backendsOf(frontend).equals(now.backendsOf(frontend)))) {
      return;
    }
    try (var tracking = ConnectionTracking.open()) {
      var stale = tracking.udp().stream().filter(each -> isStale(each, frontends, now)).toList();
      stale.forEach(tracking::delete);
      LOG.debug("forgot {} UDP connections", stale.size());
    } catch (java.io.IOException e) {
      LOG.warn("UDP clients may go on talking to endpoints that are gone: {}", e.getMessage());
    }
  }

  private static void collectUdp(RuleSet rules, NavigableSet<Frontend> found) {
    rules.open().stream()
        .filter(frontend -> frontend.protocol() == Protocol.UDP)
        .forEach(found::add);
  }

  static boolean isStale(
      ConnectionTracking.Connection connection, NavigableSet<Frontend> frontends, RuleSet now) {
    return Optional.of(connection.frontend())
        .filter(frontends::contains)
        .map(frontend -> !now.backendsOf(frontend).contains(connection.backend()))
        .orElse(false);
  }
}
