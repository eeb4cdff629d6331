/// Logs of containers and commands in them: their parameters, and the protocols that carry them.
@NullMarked
package io.ordinal.server.stream;

import org.jspecify.annotations.NullMarked;
