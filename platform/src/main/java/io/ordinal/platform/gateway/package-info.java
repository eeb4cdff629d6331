/// Requests to clusters, passed on as the user who sent them.
@NullMarked
package io.ordinal.platform.gateway;

import org.jspecify.annotations.NullMarked;
