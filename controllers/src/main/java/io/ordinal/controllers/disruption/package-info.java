/// Counts for every PodDisruptionBudget how many of its pods may be taken away.
@NullMarked
package io.ordinal.controllers.disruption;

import org.jspecify.annotations.NullMarked;
