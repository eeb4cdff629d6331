/// JSON trees: reading, building and encoding them.
@NullMarked
package io.ordinal.server.tree;

import org.jspecify.annotations.NullMarked;
