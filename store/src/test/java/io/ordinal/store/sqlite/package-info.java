/// Tests of the journal in SQLite: the contract once more, damage, crashes.
@NullMarked
package io.ordinal.store.sqlite;

import org.jspecify.annotations.NullMarked;
