/// The clusters that the gateway knows, and how it reaches them.
@NullMarked
package io.ordinal.platform.clusters;

import org.jspecify.annotations.NullMarked;
