/// Ordinal's own containerd: its configuration, its process, and what it leaves on the machine.
@NullMarked
package io.ordinal.node.containerd;

import org.jspecify.annotations.NullMarked;
