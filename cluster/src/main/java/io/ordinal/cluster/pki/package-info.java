/// The certificates of a cluster: made at first start, renewed before they end, private keys 0600.
@NullMarked
package io.ordinal.cluster.pki;

import org.jspecify.annotations.NullMarked;
