@NullMarked
package io.ordinal.platform.business;

import org.jspecify.annotations.NullMarked;
