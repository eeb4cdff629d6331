/// How the server is: health checks, and metrics in Prometheus' text form.
@NullMarked
package io.ordinal.server.health;

import org.jspecify.annotations.NullMarked;
