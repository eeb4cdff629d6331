package io.ordinal.server.auth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Signs and checks JSON Web Tokens (RFC 7515, 7518) with ES256: ECDSA on P-256 with SHA-256.
public final class TokenKeys {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ALGORITHM = "ES256";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final int COORDINATE_BYTES = 32;

  private final PrivateKey signing;
  private final String signingId;
  private final Map<String, ECPublicKey> accepted = new LinkedHashMap<>();

  /// @param signing the P-256 pair that signs; its public key is accepted, too
  /// @param earlier keys of former pairs whose tokens are still good
  public TokenKeys(KeyPair signing, List<ECPublicKey> earlier) {
    this.signing = signing.getPrivate();
    if (!(signing.getPublic() instanceof ECPublicKey own)) {
      throw new IllegalArgumentException("tokens are signed with an elliptic-curve key");
    }
    this.signingId = id(own);
    accepted.put(signingId, own);
    earlier.forEach(key -> accepted.put(id(key), key));
  }

  /// The claims as a signed token.
  String sign(ObjectNode claims) {
    var header = JSON.createObjectNode().put("alg", ALGORITHM).put("kid", signingId);
    var text =
        encode(JSON.writeValueAsBytes(header)) + "." + encode(JSON.writeValueAsBytes(claims));
    try {
      var signature = newSignature();
      signature.initSign(signing);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the token key cannot sign", e);
    }
  }

  /// The claims of a token that one of the accepted keys signed; time and audience are not looked
  /// at.
  Optional<ObjectNode> verify(String token) {
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      var header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
      var key = accepted.get(text(header, "kid"));
      if (key == null || !text(header, "alg").equals(ALGORITHM) || !isSignedBy(key, parts)) {
        return Optional.empty();
      }
      return JSON.readTree(Base64.getUrlDecoder().decode(parts[1])) instanceof ObjectNode claims
          ? Optional.of(claims)
          : Optional.empty();
    } catch (IllegalArgumentException | JacksonException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static boolean isSignedBy(ECPublicKey key, String[] parts)
      throws GeneralSecurityException {
    var signature = newSignature();
    signature.initVerify(key);
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
  }

  /// The accepted keys as a JSON Web Key Set (RFC 7517).
  ObjectNode jwks() {
    var set = JSON.createObjectNode();
    var keys = set.putArray("keys");
    accepted.forEach((id, key) ->
        keys.addObject()
            .put("use", "sig")
            .put("kty", "EC")
            .put("kid", id)
            .put("crv", "P-256")
            .put("alg", ALGORITHM)
            .put("x", coordinate(key.getW().getAffineX()))
            .put("y", coordinate(key.getW().getAffineY())));
    return set;
  }

  /// Raw r and s, as RFC 7518 wants them, not DER.
  private static Signature newSignature() throws GeneralSecurityException {
    return Signature.getInstance("SHA256withECDSAinP1363Format");
  }

  private static String id(ECPublicKey key) {
    try {
      return encode(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String coordinate(BigInteger value) {
    var bytes = value.toByteArray();
    var fixed = new byte[COORDINATE_BYTES];
    var length = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
    return encode(fixed);
  }

  private static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
