/// The registry that Ordinal serves, put together, and the objects that it begins with.
@NullMarked
package io.ordinal.server.builtin;

import org.jspecify.annotations.NullMarked;
