/// A test of an operator, to be copied: it needs Ordinal's `testing` module and nothing else.
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
