package io.ordinal.node.network;

import java.io.IOException;

/// Takes scripts of [NftScript], each as a whole or not at all.
@FunctionalInterface
interface PacketFilter {
  void apply(String script) throws IOException;
}
