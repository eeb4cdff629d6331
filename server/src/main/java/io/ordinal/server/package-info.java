/// The API server.
@NullMarked
package io.ordinal.server;

import org.jspecify.annotations.NullMarked;
