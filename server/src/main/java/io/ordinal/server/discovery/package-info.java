/// Discovery: which resources are served, old and aggregated.
@NullMarked
package io.ordinal.server.discovery;

import org.jspecify.annotations.NullMarked;
