package io.ordinal.server.auth;

import java.security.cert.X509Certificate;
import java.util.List;

/// What a connection shows of its user.
///
/// @param certificates the client's chain, its own certificate first; empty without one. It proved
///   that it holds the key; nobody has checked yet who signed it
/// @param authorization the Authorization header, or ""
public record Credentials(List<X509Certificate> certificates, String authorization) {
  /// None at all.
  public static final Credentials NONE = new Credentials(List.of(), "");

  /// The token of `Bearer <token>`, or "".
  String bearerToken() {
    return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        ? authorization.substring(7).strip()
        : "";
  }

  @Override
  public String toString() {
    return "Credentials[certificates=" + certificates.size() + "]";
  }
}
