package io.ordinal.server.auth;

import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Whose tokens we issue and accept.
///
/// @param issuer a URL, for example `https://kubernetes.default.svc.cluster.local`
/// @param audiences what a token must be meant for when it is shown to us; the first is the default
public record TokenConfig(String issuer, List<String> audiences, TokenKeys keys) {
  /// The issuer is the audience.
  public static TokenConfig of(String issuer, TokenKeys keys) {
    return new TokenConfig(issuer, List.of(issuer), keys);
  }

  /// `/.well-known/openid-configuration`: what others need to check our tokens.
  public ObjectNode discovery() {
    var document = JsonNodeFactory.instance.objectNode();
    document.put("issuer", issuer).put("jwks_uri", issuer + "/openid/v1/jwks");
    document.putArray("response_types_supported").add("id_token");
    document.putArray("subject_types_supported").add("public");
    document.putArray("id_token_signing_alg_values_supported").add("ES256");
    return document;
  }

  /// `/openid/v1/jwks`: the keys.
  public ObjectNode jwks() {
    return keys.jwks();
  }
}
