/// The generic registry: what an object is and how it is created, read, changed and watched.
@NullMarked
package io.ordinal.server.registry;

import org.jspecify.annotations.NullMarked;
