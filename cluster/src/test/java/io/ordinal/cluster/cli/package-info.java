@NullMarked
package io.ordinal.cluster.cli;

import org.jspecify.annotations.NullMarked;
