/// One pod on this node: what is observed, what is planned, what is done, what is told.
@NullMarked
package io.ordinal.node.pod;

import org.jspecify.annotations.NullMarked;
