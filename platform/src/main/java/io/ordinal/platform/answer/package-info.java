/// What the console server says when it refuses: Kubernetes Status objects.
@NullMarked
package io.ordinal.platform.answer;

import org.jspecify.annotations.NullMarked;
