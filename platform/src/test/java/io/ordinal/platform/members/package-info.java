@NullMarked
package io.ordinal.platform.members;

import org.jspecify.annotations.NullMarked;
