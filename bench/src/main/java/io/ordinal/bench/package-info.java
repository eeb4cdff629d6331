/// Benchmarks that run against any kubeconfig.
@NullMarked
package io.ordinal.bench;

import org.jspecify.annotations.NullMarked;
