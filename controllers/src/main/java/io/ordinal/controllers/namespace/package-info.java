/// Empties a namespace that was told to go, pods first, and says what still holds it.
@NullMarked
package io.ordinal.controllers.namespace;

import org.jspecify.annotations.NullMarked;
