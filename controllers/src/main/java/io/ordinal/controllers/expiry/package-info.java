/// Removes events an hour after they were last told.
@NullMarked
package io.ordinal.controllers.expiry;

import org.jspecify.annotations.NullMarked;
