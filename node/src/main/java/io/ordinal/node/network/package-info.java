/// The pod network and the service proxy: bridges, addresses, and one nftables table per data
/// folder.
@NullMarked
package io.ordinal.node.network;

import org.jspecify.annotations.NullMarked;
