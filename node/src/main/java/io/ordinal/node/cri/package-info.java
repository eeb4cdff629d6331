/// The runtime interface over CRI v1; no CRI message leaves this package.
@NullMarked
package io.ordinal.node.cri;

import org.jspecify.annotations.NullMarked;
