/// The kinds that are built in: a table, and one small file per kind that has rules of its own.
@NullMarked
package io.ordinal.server.kinds;

import org.jspecify.annotations.NullMarked;
