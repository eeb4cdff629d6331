package io.ordinal.node.network;

import java.io.IOException;

/// Takes scripts of [NftScript], each as a whole or not at all.
interface PacketFilter {
  void apply(String script) throws IOException;

  /// Whether there is a table of this name.
  boolean has(String table) throws IOException;
}
