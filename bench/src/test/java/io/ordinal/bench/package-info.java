/// Tests of the benchmarks: each once, small, against an API server over TLS.
@NullMarked
package io.ordinal.bench;

import org.jspecify.annotations.NullMarked;
