/// Containers that exist in memory only, for tests, scale runs and machines without a container
/// runtime.
@NullMarked
package io.ordinal.node.simulated;

import org.jspecify.annotations.NullMarked;
