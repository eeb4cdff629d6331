package io.ordinal.server.auth;

import io.ordinal.server.ApiException;
import io.ordinal.server.Status;
import io.ordinal.server.User;

/// Tells who holds some credentials: a bearer token counts before a client certificate, as nothing
/// stands behind a token but its sender's will to use it.
public final class Authenticator {
  private final ClientCertificates certificates;
  private final ServiceAccountTokens tokens;

  /// Users by certificate and by token.
  public Authenticator(ClientCertificates certificates, ServiceAccountTokens tokens) {
    this.certificates = certificates;
    this.tokens = tokens;
  }

  /// The user; anonymous without any credentials.
  ///
  /// @throws ApiException 401 when there are credentials that are not good
  public User authenticate(Credentials credentials) {
    var token = credentials.bearerToken();
    if (!token.isEmpty()) {
      return tokens.user(token).orElseThrow(Authenticator::refused);
    }
    if (!credentials.certificates().isEmpty()) {
      return certificates.user(credentials.certificates()).orElseThrow(Authenticator::refused);
    }
    if (!credentials.authorization().isEmpty()) {
      throw refused();
    }
    return User.ANONYMOUS;
  }

  private static ApiException refused() {
    return new ApiException(Status.unauthorized());
  }
}
