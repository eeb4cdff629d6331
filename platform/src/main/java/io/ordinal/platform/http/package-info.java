/// The console server's connections: TLS, HTTP/2 and HTTP/1.1.
@NullMarked
package io.ordinal.platform.http;

import org.jspecify.annotations.NullMarked;
