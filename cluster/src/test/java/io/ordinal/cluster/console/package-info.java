/// The console server against a real API server in this process.
@NullMarked
package io.ordinal.cluster.console;

import org.jspecify.annotations.NullMarked;
