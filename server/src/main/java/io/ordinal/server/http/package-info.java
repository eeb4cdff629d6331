/// The API server's connections: TLS, HTTP/1.1 and HTTP/2, limits, upgrades.
@NullMarked
package io.ordinal.server.http;

import org.jspecify.annotations.NullMarked;
