package io.ordinal.cluster.console;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/// An issuer of identities over HTTP on loopback, strict as OAuth 2.1 wants it: each code once,
/// with the client's secret, the same redirect address and the verifier of its challenge. Whoever
/// comes is `user`. What it signs can be tampered with.
final class TestIssuer implements AutoCloseable {

  static final String CLIENT = "ordinal";
  static final String SECRET = "the secret of the client";

  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /// Makes a token of claims, honestly or not.
  interface Maker {
    String make(JWTClaimsSet claims) throws Exception;
  }

  /// Changes claims before they are signed.
  interface Tampering {
    void change(JWTClaimsSet.Builder claims);
  }

  final ECKey key;
  private final HttpServer server;
  private final String scheme;
  private final InstantSource clock;
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();
  volatile String user = "alice";
  volatile List<String> groups = List.of();
  volatile Tampering tampering = _ -> {};
  volatile Maker maker = this::signed;

  /// What it calls itself; its address unless it lies.
  volatile String issuer;

  /// Where it says that its endpoints are.
  volatile String endpoints;

  /// What it does before it says where they are.
  volatile Action beforeIt = () -> {};

  /// Something to do meanwhile.
  interface Action {
    void run() throws Exception;
  }

  TestIssuer(InstantSource clock) throws Exception {
    this(clock, HttpServer.create(LOOPBACK, 0), "http");
  }

  /// One over TLS.
  TestIssuer(InstantSource clock, SSLContext tls) throws Exception {
    this(clock, overTls(tls), "https");
  }

  private static HttpServer overTls(SSLContext tls) throws IOException {
    var server = HttpsServer.create(LOOPBACK, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  private TestIssuer(InstantSource clock, HttpServer server, String scheme) throws Exception {
    this.clock = clock;
    this.server = server;
    this.scheme = scheme;
    key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
    issuer = address();
    endpoints = address();
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/.well-known/openid-configuration", answering(_ -> configuration()));
    server.createContext("/keys", answering(_ -> new JWKSet(key.toPublicJWK()).toString()));
    server.createContext("/token", answering(this::token));
    server.createContext("/authorize", this::authorize);
    server.start();
  }

  String address() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  private String configuration() throws Exception {
    beforeIt.run();
    return """
    {"issuer":"%1$s","authorization_endpoint":"%2$s/authorize","token_endpoint":"%2$s/token",
     "jwks_uri":"%2$s/keys","id_token_signing_alg_values_supported":["ES256"]}
    """
        .formatted(issuer, endpoints);
  }

  /// The user says yes at once.
  private void authorize(HttpExchange exchange) throws IOException {
    var query = parsed(exchange.getRequestURI().getRawQuery());
    var back = query.getOrDefault("redirect_uri", "") + "?state=" + query.get("state");
    if (!"S256".equals(query.get("code_challenge_method"))
        || query.getOrDefault("code_challenge", "").length() != 43) {
      back += "&error=invalid_request";
    } else {
      var code = "code-" + number.incrementAndGet();
      codes.put(code, query);
      back += "&code=" + code;
    }
    exchange.getResponseHeaders().add("Location", back);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private String token(HttpExchange exchange) throws Exception {
    var form = parsed(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    var known = codes.remove(form.getOrDefault("code", ""));
    var client = CLIENT + ":" + SECRET.replace(' ', '+');
    var basic = Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
    if (known == null
        || !("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"))
        || !"authorization_code".equals(form.get("grant_type"))
        || !form.getOrDefault("redirect_uri", "").equals(known.get("redirect_uri"))
        || !challenge(form.getOrDefault("code_verifier", "")).equals(known.get("code_challenge"))) {
      return "";
    }
    var claims = claims(known);
    tampering.change(claims);
    return "{\"token_type\":\"Bearer\",\"access_token\":\"x\",\"id_token\":\"%s\"}"
        .formatted(maker.make(claims.build()));
  }

  private JWTClaimsSet.Builder claims(Map<String, String> asked) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .subject(user)
        .audience(asked.get("client_id"))
        .issueTime(date(Duration.ZERO))
        .expirationTime(date(Duration.ofMinutes(5)))
        .claim("nonce", asked.get("nonce"))
        .claim("name", "Alice A.")
        .claim("email", "alice@example.com")
        .claim("groups", groups);
  }

  Date date(Duration fromNow) {
    return Date.from(clock.instant().plus(fromNow));
  }

  String signed(JWTClaimsSet claims) throws JOSEException {
    return signedWith(claims, key.getKeyID(), new ECDSASigner(key), JWSAlgorithm.ES256);
  }

  static String signedWith(
      JWTClaimsSet claims, String keyId, JWSSigner signer, JWSAlgorithm algorithm)
      throws JOSEException {
    var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
    token.sign(signer);
    return token.serialize();
  }

  private static String challenge(String verifier) throws Exception {
    var digest =
        MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  static Map<String, String> parsed(String query) {
    var parameters = new HashMap<String, String>();
    for (var each : query.split("&", -1)) {
      var pair = each.split("=", 2);
      parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private interface Answer {
    String to(HttpExchange exchange) throws Exception;
  }

  /// An empty answer is a refusal.
  private static com.sun.net.httpserver.HttpHandler answering(Answer answer) {
    return exchange -> {
      String text;
      try {
        text = answer.to(exchange);
      } catch (Exception e) {
        throw new IOException(e);
      }
      var refused = text.isEmpty();
      var body =
          (refused ? "{\"error\":\"invalid_grant\"}" : text).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(refused ? 400 : 200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
