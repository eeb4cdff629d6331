/// The way of a part in this process to the API server: fabric8's HTTP-client interface without a
/// socket.
@NullMarked
package io.ordinal.cluster.door;

import org.jspecify.annotations.NullMarked;
