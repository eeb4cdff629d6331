@NullMarked
package io.ordinal.platform.users;

import org.jspecify.annotations.NullMarked;
