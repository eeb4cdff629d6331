/// Tests of the store: the contract, its parts, and random histories.
@NullMarked
package io.ordinal.store;

import org.jspecify.annotations.NullMarked;
