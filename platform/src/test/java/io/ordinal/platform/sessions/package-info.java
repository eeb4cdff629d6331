@NullMarked
package io.ordinal.platform.sessions;

import org.jspecify.annotations.NullMarked;
