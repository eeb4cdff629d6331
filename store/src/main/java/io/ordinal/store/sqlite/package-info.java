/// The journal of a store as an SQLite database, with all that makes its damage seen.
@NullMarked
package io.ordinal.store.sqlite;

import org.jspecify.annotations.NullMarked;
