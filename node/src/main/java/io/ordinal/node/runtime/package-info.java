/// What the node agent asks of a container runtime: CRI's shape in records of our own.
@NullMarked
package io.ordinal.node.runtime;

import org.jspecify.annotations.NullMarked;
