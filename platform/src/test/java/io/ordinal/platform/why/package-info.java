@NullMarked
package io.ordinal.platform.why;

import org.jspecify.annotations.NullMarked;
