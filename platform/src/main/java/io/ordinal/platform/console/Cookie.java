package io.ordinal.platform.console;

import io.ordinal.platform.http.Exchange;
import io.ordinal.platform.oidc.Oidc;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpCookie.SameSite;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/// The console's cookies. Their names begin with `__Host-`, so that no other host and no plain HTTP
/// can set them, and end with the port: browsers share cookies among the ports of a host, and there
/// may be several Ordinals.
enum Cookie {

  /// Holds a session's token, as long as the browser runs.
  SESSION("", SameSite.STRICT, -1),

  /// Holds a sign-in while the user is at an issuer's. It has to come back with a link of another
  /// site, hence Lax; it is of use for nothing else, and for minutes.
  SIGN_IN("oidc-", SameSite.LAX, Oidc.PATIENCE.toSeconds());

  private final String kind;
  private final SameSite sameSite;
  private final long seconds;

  Cookie(String kind, SameSite sameSite, long seconds) {
    this.kind = kind;
    this.sameSite = sameSite;
    this.seconds = seconds;
  }

  private String name(Exchange exchange) {
    return "__Host-ordinal-" + kind + Request.getLocalPort(exchange.request());
  }

  /// What the browser sent. Two of them are none: somebody may have slipped one in.
  Optional<String> read(Exchange exchange) {
    var name = name(exchange);
    var found =
        Request.getCookies(exchange.request()).stream()
            .filter(cookie -> cookie.getName().equals(name))
            .map(HttpCookie::getValue)
            .distinct()
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  void write(Exchange exchange, String value) {
    Response.addCookie(exchange.response(), cookie(exchange, value, seconds));
  }

  void remove(Exchange exchange) {
    Response.addCookie(exchange.response(), cookie(exchange, "", 0));
  }

  private HttpCookie cookie(Exchange exchange, String value, long maxAge) {
    return HttpCookie.build(name(exchange), value)
        .path("/")
        .secure(true)
        .httpOnly(true)
        .sameSite(sameSite)
        .maxAge(maxAge)
        .build();
  }
}
