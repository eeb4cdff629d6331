package io.ordinal.platform.oidc;

import io.ordinal.platform.clusters.Seal;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A sign-in that has begun. The browser keeps it, sealed, so that strangers who begin thousands
/// push out nobody's.
///
/// @param state by which the issuer's answer is known to be one to this sign-in
/// @param nonce by which the ID token is
/// @param verifier without which the code is of no use to whoever sees it
/// @param to the page that the user wanted
record Begun(
    String issuer,
    String clientId,
    String state,
    String nonce,
    String verifier,
    String redirectUri,
    String to,
    Instant expires) {

  private static final String PURPOSE = "oidc sign-in";

  String sealed(Seal seal) {
    var json = JsonMapper.shared().createObjectNode();
    json.put("issuer", issuer).put("clientId", clientId);
    json.put("state", state).put("nonce", nonce).put("verifier", verifier);
    json.put("redirectUri", redirectUri).put("to", to).put("expires", expires.toString());
    return seal.seal(json.toString(), PURPOSE);
  }

  static Optional<Begun> open(Seal seal, String sealed) {
    try {
      var json = JsonMapper.shared().readTree(seal.open(sealed, PURPOSE));
      return Optional.of(
          new Begun(
              json.path("issuer").asString(),
              json.path("clientId").asString(),
              json.path("state").asString(),
              json.path("nonce").asString(),
              json.path("verifier").asString(),
              json.path("redirectUri").asString(),
              json.path("to").asString(),
              Instant.parse(json.path("expires").asString())));
    } catch (GeneralSecurityException | JacksonException e) {
      return Optional.empty();
    }
  }

  /// Whoever has it could end the sign-in in the user's place.
  @Override
  public String toString() {
    return "Begun[" + issuer + "]";
  }
}
