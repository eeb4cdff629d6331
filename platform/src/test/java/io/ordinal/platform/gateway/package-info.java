@NullMarked
package io.ordinal.platform.gateway;

import org.jspecify.annotations.NullMarked;
