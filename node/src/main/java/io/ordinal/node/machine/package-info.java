/// The machine below a node: its commands, its kernel, and the names that one data folder uses on
/// it.
@NullMarked
package io.ordinal.node.machine;

import org.jspecify.annotations.NullMarked;
