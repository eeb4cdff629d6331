/// Probes: asking a container whether it has started, lives and is ready.
@NullMarked
package io.ordinal.node.probe;

import org.jspecify.annotations.NullMarked;
