/// Container logs as the runtime writes them: read, followed, rotated.
@NullMarked
package io.ordinal.node.logs;

import org.jspecify.annotations.NullMarked;
