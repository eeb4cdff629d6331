package io.ordinal.node.network;

/// The kernel's memory of UDP "connections". A client that goes on sending from one port keeps its
/// old endpoint for as long as the kernel remembers it, also when that endpoint is gone: such
/// memories have to be taken away.
interface UdpConnections {
  /// Takes away what no longer fits: every UDP connection to a frontend of either rule set that
  /// does not lead to one of the backends that it has now.
  void forget(RuleSet before, RuleSet now);
}
