/// Numbered values under keys: multi-version, watchable, durable.
@NullMarked
package io.ordinal.store;

import org.jspecify.annotations.NullMarked;
