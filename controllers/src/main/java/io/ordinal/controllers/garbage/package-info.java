/// Removes what its owners left behind, and carries out what a deletion says about dependents.
@NullMarked
package io.ordinal.controllers.garbage;

import org.jspecify.annotations.NullMarked;
