/// Gives every pod a node: filters say where it may go, scores where it does best, a binding makes
/// it so.
@NullMarked
package io.ordinal.controllers.scheduler;

import org.jspecify.annotations.NullMarked;
