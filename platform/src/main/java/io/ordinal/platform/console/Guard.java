package io.ordinal.platform.console;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.gateway.ApiPath;
import io.ordinal.platform.gateway.CsrfProtocol;
import io.ordinal.platform.http.Exchange;
import io.ordinal.platform.sessions.Sessions;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;

/// What every request has to pass before anybody asks who sent it.
final class Guard {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final String CSRF = "X-Ordinal-CSRF";

  /// Scripts are the console's own files alone; the terminal and the component library put styles
  /// into elements.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self' data:; connect-src 'self';"
          + " worker-src 'self' blob:; manifest-src 'self'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private final Supplier<? extends Collection<String>> hosts;

  /// @param hosts the names that the console is called by, without ports. Others are refused: a
  ///   page could have its own name resolved to our address and would then be of our origin
  Guard(Supplier<? extends Collection<String>> hosts) {
    this.hosts = hosts;
  }

  /// Headers of every answer.
  static void protect(Exchange exchange) {
    exchange.set("Content-Security-Policy", POLICY);
    exchange.set("X-Content-Type-Options", "nosniff");
    exchange.set("X-Frame-Options", "DENY");
    exchange.set("Referrer-Policy", "no-referrer");
    exchange.set("Cross-Origin-Opener-Policy", "same-origin");
    exchange.set("Cross-Origin-Resource-Policy", "same-origin");
  }

  /// Refuses paths with tricks, foreign hosts and foreign pages.
  ///
  /// @throws Refusal 400, 403, 421
  void check(Exchange exchange) {
    ApiPath.checkTricks(exchange.path());
    checkHost(exchange);
    var origin = exchange.header("Origin");
    if (!origin.isEmpty() && !origin.equals(ownOrigin(exchange))) {
      throw Refusal.forbidden("requests from another origin are refused");
    }
  }

  private void checkHost(Exchange exchange) {
    var host = exchange.request().getHttpURI().getHost();
    var plain = host == null ? "" : host.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
    // An address cannot be made to mean another one, and the names may take a look at the machine.
    if (plain.equals(Request.getLocalAddr(exchange.request()))) return;
    if (hosts.get().stream().noneMatch(each -> each.equalsIgnoreCase(plain))) {
      throw Refusal.ofHttp(421, "Misdirected Request");
    }
  }

  /// With its port: other ports of the same host are other people's.
  static String ownOrigin(Exchange exchange) {
    return "https://" + authority(exchange);
  }

  /// The host and port by which the client calls us.
  static String authority(Exchange exchange) {
    var uri = exchange.request().getHttpURI();
    var host = String.valueOf(uri.getHost());
    return uri.getPort() < 0 || uri.getPort() == 443 ? host : host + ":" + uri.getPort();
  }

  /// Refuses what another page may have made a browser send.
  ///
  /// @throws Refusal 403
  static void checkSender(Exchange exchange) {
    var site = exchange.header("Sec-Fetch-Site");
    if (site.equals("cross-site") || site.equals("same-site")) {
      throw Refusal.forbidden("requests from another site are refused");
    }
  }

  /// Refuses what changes something, or opens a connection, unless a page of ours has sent it.
  ///
  /// @throws Refusal 403
  static void checkOrigin(Exchange exchange) {
    if (isUnsafe(exchange) && exchange.header("Origin").isEmpty()) {
      throw Refusal.forbidden("the header Origin is missing");
    }
  }

  /// The same, and the page must have got the session's CSRF token.
  ///
  /// @throws Refusal 403
  static void checkCsrf(Exchange exchange, String sessionToken) {
    checkOrigin(exchange);
    if (!isUnsafe(exchange)) return;
    var shown = CsrfProtocol.token(exchange).orElseGet(() -> exchange.header(CSRF));
    if (!Sessions.isCsrf(sessionToken, shown)) {
      throw Refusal.forbidden("the header " + CSRF + " is missing or wrong");
    }
  }

  private static boolean isUnsafe(Exchange exchange) {
    return !SAFE.contains(exchange.method()) || exchange.wantsUpgrade();
  }
}
