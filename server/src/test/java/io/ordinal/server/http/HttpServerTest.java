package io.ordinal.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.http.Tls;
import io.ordinal.server.TestAuthority;
import io.ordinal.server.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void anybodyMayAskForHealthAndVersion(Version version) throws Exception {
    var anybody = server.client(version, null);
    var health = server.get(anybody, "/readyz?verbose");
    assertThat(health.version()).isEqualTo(version);
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body())
        .isEqualTo("[+]ping ok\n[+]store ok\n[+]shutdown ok\nreadyz check passed\n");
    assertThat(server.get(anybody, "/livez?verbose").body())
        .isEqualTo("[+]ping ok\nlivez check passed\n");
    assertThat(server.get(anybody, "/version").body()).contains("v1.36.0+ordinal");
  }

  @Test
  void strangersAreToldWhatTheyMayNot() throws Exception {
    var answer = server.get(server.client(Version.HTTP_2, null), "/api/v1/namespaces/default/pods");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .contains(
            "pods is forbidden: User \\\"system:anonymous\\\" cannot list resource \\\"pods\\\""
                + " in API group \\\"\\\" in the namespace \\\"default\\\"");
    assertThat(server.get(server.client(Version.HTTP_2, null), "/metrics").body())
        .contains("forbidden: User \\\"system:anonymous\\\" cannot get path \\\"/metrics\\\"");
  }

  /// The next request on a connection was lost when the body of a refused one came after the
  /// answer.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aConnectionOutlivesRefusedWrites(boolean lengthIsSaid) throws Exception {
    var stranger = server.client(Version.HTTP_1_1, null);
    var uri = server.uri("/api/v1/namespaces/default/configmaps");
    for (int i = 0; i < 100; i++) {
      var whole = HttpRequest.BodyPublishers.ofString("{\"metadata\":{\"name\":\"x\"}}");
      var body = lengthIsSaid ? whole : HttpRequest.BodyPublishers.fromPublisher(whole);
      var answer =
          stranger.send(
              HttpRequest.newBuilder(uri).POST(body).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(403);
    }
  }

  @Test
  void badCredentialsAreNoCredentials() throws Exception {
    var answer =
        server.get(
            server.client(Version.HTTP_2, null), "/version", "Authorization", "Bearer x.y.z");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("\"reason\":\"Unauthorized\"");
  }

  @Test
  void aCertificateOfAnotherAuthorityIsUnauthorized() throws Exception {
    // Clients send a certificate only if its issuer is one of those that the server named.
    var stranger = new TestAuthority("test-authority").issue("CN=admin,O=system:masters");
    var answer = server.get(server.client(Version.HTTP_1_1, stranger), "/api");
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aClientCertificateIsTheUser(Version version) throws Exception {
    var client = server.client(version, server.authority.issue("CN=jane,O=team-a"));
    var answer = whoAmI(client);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body())
        .contains("\"username\":\"jane\"", "\"team-a\"", "system:authenticated");
  }

  private static HttpResponse<String> whoAmI(HttpClient client) throws Exception {
    var uri = server.uri("/apis/authentication.k8s.io/v1/selfsubjectreviews");
    var review = HttpRequest.BodyPublishers.ofString("{}");
    return client.send(
        HttpRequest.newBuilder(uri).POST(review).build(), HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aWatchStreamsEventsAsTheyHappen(Version version) throws Exception {
    server.putConfigMap("watched-" + version, "before");
    var client = server.admin(version);
    var path =
        "/api/v1/namespaces/default/configmaps?watch=1&fieldSelector=metadata.name=watched-"
            + version;
    var answer =
        client.send(
            HttpRequest.newBuilder(server.uri(path)).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try (var lines = lines(answer.body())) {
      assertThat(lines.readLine()).contains("\"type\":\"ADDED\"", "before");
      server.putConfigMap("watched-" + version, "after");
      assertThat(lines.readLine()).contains("\"type\":\"MODIFIED\"", "after");
    }
  }

  @Test
  void aWatchIsServedOverAWebSocketToWhoAsksFirst() throws Exception {
    server.putConfigMap("socketed", "seen");
    var first = new CompletableFuture<String>();
    var listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            first.complete(text.toString());
            socket.request(1);
            return CompletableFuture.completedStage(null);
          }
        };
    var path = "/api/v1/configmaps?watch=true&fieldSelector=metadata.name=socketed";
    var uri = URI.create("wss://localhost:" + server.port + path);
    var socket =
        server
            .admin(Version.HTTP_1_1)
            .newWebSocketBuilder()
            .buildAsync(uri, listener)
            .get(20, TimeUnit.SECONDS);
    assertThat(first.get(20, TimeUnit.SECONDS)).contains("\"type\":\"ADDED\"", "seen");
    socket.abort();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aWatchEndsInTimeWithABookmark(Version version) throws Exception {
    var path = "/api/v1/configmaps?watch=1&timeoutSeconds=1&allowWatchBookmarks=true";
    var answer =
        server.get(server.admin(version), path + "&resourceVersion=" + server.store.revision());
    assertThat(answer.body()).contains("\"type\":\"BOOKMARK\"", "\"resourceVersion\":\"");
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aTooLargeBodyIsRefusedWithAnAnswer(Version version) throws Exception {
    var request =
        HttpRequest.newBuilder(server.uri("/api/v1/namespaces/default/configmaps"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[10 << 20]))
            .build();
    var answer = server.admin(version).send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("RequestEntityTooLarge", "limit is 3145728");
  }

  @Test
  void aBodyThatStopsHalfwayIsGivenUp() throws Exception {
    var half =
        "POST /api/v1/namespaces/default/configmaps HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"half\":";
    try (var impatient = new TestServer(HttpConfig.USUAL.withBodyTimeout(Duration.ofMillis(200)))) {
      assertThat(raw(impatient, half))
          .startsWith("HTTP/1.1 408")
          .contains("\"reason\":\"Timeout\"");
    }
  }

  @Test
  void whatIsNotHttpIsABadRequest() throws Exception {
    assertThat(raw("HELLO\r\n\r\n")).startsWith("HTTP/1.1 400");
  }

  @Test
  void headersAndPathsHaveLimits() throws Exception {
    // Over the limit only in the last of the three records that TLS makes of it: to a client that
    // still writes, the answer may be lost with the connection.
    var long40k = "x".repeat(40_000);
    assertThat(raw("GET /version HTTP/1.1\r\nHost: a\r\nX-Long: " + long40k + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431");
    assertThat(raw("GET /" + long40k + " HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 414");
  }

  @Test
  void aBrokenEscapeInTheQueryIsABadRequest() throws Exception {
    assertThat(raw("GET /version?a=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("\"kind\":\"Status\"");
  }

  @Test
  void unknownPathsAndMethodsHaveUpstreamsAnswers() throws Exception {
    var admin = server.admin(Version.HTTP_2);
    var unknown = server.get(admin, "/nowhere");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).isEqualTo("404 page not found\n");
    var put =
        HttpRequest.newBuilder(server.uri("/version"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(admin.send(put, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  @Test
  void headHasHeadersOnly() throws Exception {
    var head = HttpRequest.newBuilder(server.uri("/version")).HEAD().build();
    for (var version : Version.values()) {
      var answer = server.admin(version).send(head, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.headers().firstValueAsLong("Content-Length").orElse(0)).isGreaterThan(100);
    }
  }

  @Test
  void largeAnswersAreZippedForWhoAsks() throws Exception {
    for (int i = 0; i < 40; i++) {
      server.putConfigMap("large-" + i, "y".repeat(5000));
    }
    var admin = server.admin(Version.HTTP_2);
    var path = "/api/v1/namespaces/default/configmaps";
    var request =
        HttpRequest.newBuilder(server.uri(path)).header("Accept-Encoding", "gzip").build();
    var zipped = admin.send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
    var plain = server.get(admin, path);
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    try (var unzipped = new GZIPInputStream(zipped.body())) {
      var text = new String(unzipped.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text).isEqualTo(plain.body()).contains("large-39");
    }
  }

  @Test
  void aRenewedCertificateIsShownToNewConnections() throws Exception {
    try (var other = new TestServer()) {
      var renewed = other.authority.issue("CN=renewed");
      other.http.renew(
          new Tls(
              renewed.keys().getPrivate(),
              List.of(renewed.certificate()),
              List.of(other.authority.certificate())));
      try (var socket = other.socket()) {
        socket.startHandshake();
        assertThat(socket.getSession().getPeerCertificates()[0]).isEqualTo(renewed.certificate());
      }
    }
  }

  @Test
  void aListenerCutsOffWhoIsNotAdmitted() throws Exception {
    var closed = server.http.listen(new InetSocketAddress("localhost", 0), _ -> false);
    try (var socket = new Socket("localhost", closed)) {
      socket.setSoTimeout(10_000);
      assertThat(endOf(socket.getInputStream())).isTrue();
    }
  }

  private static boolean endOf(InputStream in) {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void stoppingEndsWatches() throws Exception {
    var other = new TestServer();
    var answer =
        other
            .admin(Version.HTTP_1_1)
            .send(
                HttpRequest.newBuilder(other.uri("/api/v1/configmaps?watch=1")).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    other.close();
    try (var lines = lines(answer.body())) {
      assertThat(lines.readLine()).isNull();
    }
  }

  @Test
  void whoAsksIsToldAllThatItMayDo() throws Exception {
    var request =
        HttpRequest.newBuilder(server.uri("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"kind\":\"SelfSubjectRulesReview\",\"apiVersion\":\"authorization.k8s.io/v1\","
                        + "\"spec\":{\"namespace\":\"default\"}}"))
            .build();
    var admin = server.admin(Version.HTTP_2);
    var answer = admin.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).contains("{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"]");
    assertThat(server.get(admin, "/apis/authorization.k8s.io/v1").body())
        .contains("selfsubjectrulesreviews");
  }

  @Test
  void metricsCountRequestsAndWatches() throws Exception {
    var admin = server.admin(Version.HTTP_2);
    server.get(admin, "/api/v1/configmaps");
    assertThat(server.get(admin, "/metrics").body())
        .contains(
            "apiserver_request_total{verb=\"list\",group=\"\",resource=\"configmaps\",code=\"200\"}")
        .contains("ordinal_store_revision");
  }

  private static BufferedReader lines(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /// Everything that the server answers to these bytes until it closes, or the first kilobytes.
  private static String raw(String request) throws IOException {
    return raw(server, request);
  }

  private static String raw(TestServer server, String request) throws IOException {
    try (var socket = server.socket()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      var answer = socket.getInputStream().readNBytes(1);
      var rest = new byte[4096];
      var n = socket.getInputStream().read(rest);
      return new String(answer, StandardCharsets.UTF_8)
          + new String(rest, 0, Math.max(0, n), StandardCharsets.UTF_8);
    }
  }
}
