/// What Ordinal adds to a Kubernetes cluster, as one more client of it.
@NullMarked
package io.ordinal.platform;

import org.jspecify.annotations.NullMarked;
