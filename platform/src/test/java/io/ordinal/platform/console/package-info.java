@NullMarked
package io.ordinal.platform.console;

import org.jspecify.annotations.NullMarked;
