/// The console server in front of the cluster of this process, or of another one.
@NullMarked
package io.ordinal.cluster.console;

import org.jspecify.annotations.NullMarked;
