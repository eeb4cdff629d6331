/// The node agent: pods over CRI, volumes, probes, network, service proxy, DNS.
@NullMarked
package io.ordinal.node;

import org.jspecify.annotations.NullMarked;
