package io.ordinal.server.http;

import java.time.Duration;

/// Limits of connections.
///
/// @param bodyTimeout how long a whole body may take; then 408
/// @param idleTimeout how long a connection may be silent
/// @param stallTimeout how long a client may refuse to take what a stream sends; then it is cut off
/// @param stopTimeout how long requests in flight may take when the server stops
/// @param mostBodyBytes of a request; more get 413
/// @param mostHeaderBytes of a request; more get 431, or 414 when the URI is to blame
public record HttpConfig(
    Duration bodyTimeout,
    Duration idleTimeout,
    Duration stallTimeout,
    Duration stopTimeout,
    int mostBodyBytes,
    int mostHeaderBytes) {
  /// The usual limits (contract A1).
  public static final HttpConfig USUAL =
      new HttpConfig(
          Duration.ofSeconds(30),
          Duration.ofMinutes(3),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          3 * 1024 * 1024,
          32 * 1024);

  /// The same with another patience for bodies.
  public HttpConfig withBodyTimeout(Duration other) {
    return new HttpConfig(
        other, idleTimeout, stallTimeout, stopTimeout, mostBodyBytes, mostHeaderBytes);
  }

  /// The same with another patience for clients that take nothing.
  public HttpConfig withStallTimeout(Duration other) {
    return new HttpConfig(
        bodyTimeout, idleTimeout, other, stopTimeout, mostBodyBytes, mostHeaderBytes);
  }
}
