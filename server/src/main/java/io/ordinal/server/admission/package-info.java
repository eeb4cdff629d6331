/// What is added to objects, and what is refused, before they are validated.
@NullMarked
package io.ordinal.server.admission;

import org.jspecify.annotations.NullMarked;
