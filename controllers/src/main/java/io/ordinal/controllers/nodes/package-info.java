/// Watches over nodes: who has fallen silent, what that means for its pods, and which pods nobody
/// looks after any more.
@NullMarked
package io.ordinal.controllers.nodes;

import org.jspecify.annotations.NullMarked;
