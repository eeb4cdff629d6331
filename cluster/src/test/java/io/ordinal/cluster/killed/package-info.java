@NullMarked
package io.ordinal.cluster.killed;

import org.jspecify.annotations.NullMarked;
