/// What a pod says of itself, where its files lie, and what is told about it.
@NullMarked
package io.ordinal.node.facts;

import org.jspecify.annotations.NullMarked;
