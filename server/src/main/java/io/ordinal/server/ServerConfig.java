package io.ordinal.server;

import io.ordinal.server.auth.TokenConfig;
import java.security.cert.X509Certificate;
import java.util.List;

/// What an API server must be told.
///
/// @param tokens whose service account tokens are issued and accepted
/// @param clientAuthorities whose signature makes a client certificate count
/// @param mostInFlight how many requests from connections are worked on at once, watches and other
///   streams not counted; more get 429
public record ServerConfig(
    TokenConfig tokens, List<X509Certificate> clientAuthorities, int mostInFlight) {
  private static final int MOST_IN_FLIGHT = 1000;

  /// With the usual limit.
  public static ServerConfig of(TokenConfig tokens, List<X509Certificate> clientAuthorities) {
    return new ServerConfig(tokens, clientAuthorities, MOST_IN_FLIGHT);
  }
}
