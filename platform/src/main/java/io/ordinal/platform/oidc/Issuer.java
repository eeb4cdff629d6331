package io.ordinal.platform.oidc;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.clusters.Access;
import io.ordinal.platform.clusters.Upstream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An issuer of identities, as it is asked over HTTP. Nothing is kept of it, so nobody has to think
/// of keys that it has replaced: a sign-in is rare and may ask three times.
final class Issuer implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 1024 * 1024;

  private final OidcSettings settings;
  private final HttpClient http;

  /// What an issuer says of itself.
  ///
  /// @param basic whether a client shows its secret in a header, else in the body
  record Discovered(URI authorization, URI token, URI keys, boolean basic) {}

  /// @throws Refusal 422 when the certificates make no sense
  Issuer(OidcSettings settings) {
    this.settings = settings;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(tls(settings))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  private static SSLContext tls(OidcSettings settings) {
    try {
      return new Access(URI.create(settings.issuer()), settings.authority(), "", "", "").tls();
    } catch (Refusal e) {
      throw Refusal.invalid("certificateAuthority", "must be certificates in PEM");
    }
  }

  /// Asks it where its endpoints are.
  ///
  /// @throws IOException when it does not answer, or says that it is somebody else
  Discovered discover() throws IOException, InterruptedException {
    var base = settings.issuer().replaceFirst("/+$", "");
    var found = get(URI.create(base + "/.well-known/openid-configuration"));
    var says = found.path("issuer").asString("");
    if (!says.equals(settings.issuer())) {
      throw new IOException("it calls itself \"" + says.replaceAll("\\p{Cntrl}", "?") + "\"");
    }
    var methods = found.path("token_endpoint_auth_methods_supported");
    var basic = methods.isMissingNode();
    for (var method : methods) basic |= method.asString("").equals("client_secret_basic");
    return new Discovered(
        endpoint(found, "authorization_endpoint"),
        endpoint(found, "token_endpoint"),
        endpoint(found, "jwks_uri"),
        basic);
  }

  private URI endpoint(JsonNode found, String name) throws IOException {
    try {
      var uri = URI.create(found.path(name).asString(""));
      if (isAsSafe(uri) && uri.getRawFragment() == null) return uri;
    } catch (IllegalArgumentException e) {
      // the same answer
    }
    throw new IOException("its " + name + " is no https:// address");
  }

  /// One that is reached over TLS names nothing that is not.
  private boolean isAsSafe(URI uri) {
    return OidcSettings.isSafe(uri)
        && (uri.getScheme().equals("https") || !settings.issuer().startsWith("https:"));
  }

  /// Its public keys, as JSON.
  String keys(Discovered discovered) throws IOException, InterruptedException {
    return get(discovered.keys()).toString();
  }

  /// Gives a code for an ID token.
  ///
  /// @throws IOException when it does not answer, or refuses the code
  String idToken(Discovered discovered, String code, String redirectUri, String verifier)
      throws IOException, InterruptedException {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirectUri);
    form.put("code_verifier", verifier);
    var request = HttpRequest.newBuilder(discovered.token());
    var secret = settings.clientSecret();
    if (!secret.isEmpty() && discovered.basic()) {
      var pair = encoded(settings.clientId()) + ":" + encoded(secret);
      var bytes = pair.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    } else {
      form.put("client_id", settings.clientId());
      if (!secret.isEmpty()) form.put("client_secret", secret);
    }
    request.header("Content-Type", "application/x-www-form-urlencoded");
    var answer = ask(request.POST(BodyPublishers.ofString(query(form))));
    var token = answer.path("id_token").asString("");
    if (token.isEmpty()) throw new Refused("it gives no ID token");
    return token;
  }

  private JsonNode get(URI uri) throws IOException, InterruptedException {
    return ask(HttpRequest.newBuilder(uri).GET());
  }

  private JsonNode ask(HttpRequest.Builder builder) throws IOException, InterruptedException {
    var request = builder.header("Accept", "application/json").build();
    var answer = Upstream.whole(http, request, ASK_TIMEOUT, MOST_BYTES);
    if (answer.statusCode() != 200) throw refused(answer.statusCode(), request.uri());
    try {
      return JsonMapper.shared().readTree(answer.body());
    } catch (JacksonException e) {
      throw new IOException("it answers no JSON to " + request.uri().getPath(), e);
    }
  }

  private static IOException refused(int status, URI uri) {
    var text = "it answers %d to %s".formatted(status, uri.getPath());
    return status / 100 == 4 ? new Refused(text) : new IOException(text);
  }

  /// It is there, and says no.
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String text) {
      super(text);
    }
  }

  /// Parameters as a URL or a form has them.
  static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
