/// The Kubernetes types as data.
@NullMarked
package io.ordinal.schema;

import org.jspecify.annotations.NullMarked;
