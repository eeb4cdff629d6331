/// What every HTTPS listener of ours is: TLS, HTTP/2 and HTTP/1.1, bodies that come late or that
/// nobody asked for, and connections that HTTP has left.
@NullMarked
package io.ordinal.http;

import org.jspecify.annotations.NullMarked;
