/// A cluster inside a JUnit test.
@NullMarked
package io.ordinal.testing;

import org.jspecify.annotations.NullMarked;
