package io.ordinal.http;

import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;

/// Bodies that nobody has asked for: of requests that are refused before they are read.
public final class Unread {
  private static final int MOST_BYTES = 64 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private Unread() {}

  /// Takes in what is left of a body, if it is small. A connection on which a body is still on its
  /// way is closed after the answer: the client may lose the answer with it, and whoever sends the
  /// next request on it hears nothing.
  public static void discard(Request request) {
    if (request.getLength() > MOST_BYTES || neverSends(request)) return;
    var _ = Bodies.take(request, MOST_BYTES, PATIENCE, _ -> {});
  }

  /// Whoever waits to be asked for the body sends none now; a tunnel has no end.
  private static boolean neverSends(Request request) {
    return request.getHeaders().contains(HttpHeader.EXPECT)
        || HttpMethod.CONNECT.is(request.getMethod());
  }
}
