package io.ordinal.platform.gateway;

import io.ordinal.platform.http.Exchange;
import java.util.Optional;

/// A browser cannot give a WebSocket a header: the CSRF token comes as one of the offered
/// sub-protocols, `csrf.ordinal.io.TOKEN`, which no server chooses.
public final class CsrfProtocol {

  static final String PREFIX = "csrf.ordinal.io.";

  private CsrfProtocol() {}

  /// The token that the WebSocket brings.
  public static Optional<String> token(Exchange exchange) {
    return exchange.request().getHeaders().getCSV("Sec-WebSocket-Protocol", false).stream()
        .filter(protocol -> protocol.startsWith(PREFIX))
        .map(protocol -> protocol.substring(PREFIX.length()))
        .findFirst();
  }
}
