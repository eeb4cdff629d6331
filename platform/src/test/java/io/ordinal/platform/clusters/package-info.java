@NullMarked
package io.ordinal.platform.clusters;

import org.jspecify.annotations.NullMarked;
