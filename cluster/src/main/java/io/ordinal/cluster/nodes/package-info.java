/// The nodes of one machine: real ones on containerd and a pod network, or simulated ones.
@NullMarked
package io.ordinal.cluster.nodes;

import org.jspecify.annotations.NullMarked;
