package io.ordinal.cluster.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What reaches a cluster, as a cluster sees it that writes down all that it is sent, and answers
/// with everything that it should not.
@Timeout(120)
class PassedIdentityTest {

  @TempDir static Path folder;
  private static World world;
  private static Browser admin;
  private static PlayedCluster cluster;
  private static String id;
  private static final Map<String, Map<String, List<String>>> SEEN = new ConcurrentHashMap<>();
  private static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();
  private static final AtomicInteger ASKED_WHO = new AtomicInteger();
  private static final AtomicInteger DEMOTED = new AtomicInteger();
  private static final CountDownLatch OVER = new CountDownLatch(1);

  @BeforeAll
  static void start() throws Exception {
    world = new World(folder).withUsers();
    admin = world.admin();
    cluster = new PlayedCluster(world.serverTls(), PassedIdentityTest::record);
    id = world.addCluster(admin, "recorder", cluster.address());
  }

  @AfterAll
  static void stop() {
    OVER.countDown();
    cluster.close();
    world.close();
  }

  private static void record(HttpExchange exchange) throws IOException {
    PORTS.add(exchange.getRemoteAddress().getPort());
    SEEN.put(exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders()));
    var path = exchange.getRequestURI().getPath();
    if (path.endsWith("/selfsubjectreviews")) ASKED_WHO.incrementAndGet();
    if (path.endsWith("/late")) {
      beLate(exchange);
      return;
    }
    if (path.endsWith("/demotes")) demote();
    var headers = exchange.getResponseHeaders();
    headers.add("Set-Cookie", "__Host-ordinal=x");
    headers.add("Access-Control-Allow-Origin", "*");
    headers.add("Location", "https://evil.example");
    headers.add("Content-Type", "text/html");
    headers.add("Warning", "299 - \"old\"");
    var user = exchange.getRequestHeaders().getFirst("Impersonate-User");
    var body =
        """
        {"gitVersion":"v1.0.0","status":{"allowed":true,"userInfo":{"username":"%s"}}}\
        """
            .formatted(user)
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(path.endsWith("/refuses-us") ? 401 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /// Whatever bob has open is found and ended before this returns.
  private static void demote() throws IOException {
    var bob = "{\"displayName\":\"Bob %d\",\"groups\":[]}".formatted(DEMOTED.incrementAndGet());
    try {
      assertThat(admin.send("PUT", "/users/bob", bob).statusCode()).isEqualTo(200);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /// Begins to answer when the user has other groups already, and comes to no end.
  private static void beLate(HttpExchange exchange) throws IOException {
    try (exchange) {
      demote();
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('x');
      exchange.getResponseBody().flush();
      OVER.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, List<String>> sent(String path, String... more) throws Exception {
    var headers = new ArrayList<>(admin.headers());
    headers.addAll(List.of(more));
    admin.sendWith(headers, "GET", "/clusters/" + id + path, "");
    return SEEN.getOrDefault(path, Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Impersonate-User",
        "Impersonate-Group",
        "Impersonate-Uid",
        "Impersonate-Extra-Scopes",
        "X-Remote-User",
        "X-Remote-Group",
        "X-Remote-Extra-Scopes",
        "X-Forwarded-User",
        "X-Forwarded-For",
        "Forwarded",
        "Proxy-Authorization",
        "X-Ssl-Client-Cert"
      })
  void aClaimToBeSomebodyStaysOutside(String header) throws Exception {
    var path = "/api/v1/" + header.toLowerCase(java.util.Locale.ROOT).replace('-', 'x');
    var seen = sent(path, header, "system:masters");
    assertThat(seen).isNotEmpty();
    assertThat(seen.get("Impersonate-user")).containsExactly("admin");
    assertThat(seen.toString()).doesNotContain("system:masters");
  }

  @Test
  void aClusterIsAskedOnceForWhomItTakesUs() throws Exception {
    assertThat(sent("/api/v1/once")).isNotEmpty();
    assertThat(sent("/api/v1/again")).isNotEmpty();
    assertThat(ASKED_WHO).hasValue(1);
  }

  @Test
  void credentialsOfTheConsoleStayOutside() throws Exception {
    var seen = sent("/api/v1/credentials");
    assertThat(seen.toString())
        .doesNotContain(admin.csrf)
        .doesNotContain(admin.cookie)
        .doesNotContain(world.origin());
    assertThat(seen).doesNotContainKeys("Cookie", "Authorization", "Origin", "X-ordinal-csrf");
    assertThat(seen.get("Impersonate-group"))
        .containsExactlyInAnyOrder("system:authenticated", "ordinal:administrators");
  }

  @Test
  void credentialsAmongSubProtocolsStayOutside() throws Exception {
    new RawRequest(world)
        .send(
            """
            GET /clusters/%s/api/v1/upgraded HTTP/1.1
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Protocol: v5.channel.k8s.io, csrf.ordinal.io.%s, base64url.bearer.authorization.k8s.io.eA
            Origin: %s
            Cookie: %s
            """
                .formatted(id, admin.csrf, world.origin(), admin.cookie));
    assertThat(SEEN.getOrDefault("/api/v1/upgraded", Map.of()).get("Sec-websocket-protocol"))
        .containsExactly("v5.channel.k8s.io");
  }

  @Test
  void whatIsOpenedWithRightsThatAreGoneByThenEndsAtOnce() throws Exception {
    var bob = world.bob();
    var request =
        bob.request(bob.headers(), "GET", "/clusters/" + id + "/api/v1/late?watch=true", "");
    var answer = bob.http.sendAsync(request, BodyHandlers.ofInputStream());
    // Cut off before the head or after it, whichever is sooner.
    answer.thenAccept(open -> GatewayTest.readToEnd(open.body())).exceptionally(_ -> null).get();
    assertThat(SEEN).containsKey("/api/v1/late?watch=true");
    assertThat(bob.get("/session").statusCode()).isEqualTo(200);
  }

  @Test
  void whatCostsItsUserHisRightsIsStillAnswered() throws Exception {
    var bob = world.bob();
    var answer = bob.send("DELETE", "/clusters/" + id + "/api/v1/demotes", "");
    assertThat(DEMOTED).hasPositiveValue();
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void theQueryArrivesAsItWasSent() throws Exception {
    sent("/api/v1/pods?labelSelector=a%20in%20%28b%2Cc%29&limit=5");
    assertThat(SEEN).containsKey("/api/v1/pods?labelSelector=a%20in%20%28b%2Cc%29&limit=5");
  }

  /// A request may be on a connection already when the answer before it is closed.
  @Test
  void aConnectionServesManyRequests() throws Exception {
    PORTS.clear();
    for (int i = 0; i < 100; i++) {
      sent("/api/v1/pods");
      var gone = admin.send("DELETE", "/clusters/" + id + "/api/v1/gone", "");
      assertThat(gone.statusCode()).isEqualTo(200);
    }
    assertThat(PORTS).hasSizeLessThan(3);
    assertThat(SEEN.get("/api/v1/gone")).doesNotContainKey("Transfer-encoding");
  }

  @Test
  void aClusterSetsNoCookiesAndNoPolicies() throws Exception {
    var answer = admin.get("/clusters/" + id + "/api/v1/answer");
    assertThat(answer.headers().map())
        .doesNotContainKeys("set-cookie", "access-control-allow-origin", "location");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("sandbox");
    assertThat(answer.headers().firstValue("warning")).isPresent();
  }

  @Test
  void aClusterThatRefusesTheGatewayDoesNotSignTheUserOut() throws Exception {
    var answer = admin.get("/clusters/" + id + "/api/v1/refuses-us");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("does not accept the gateway's credentials");
  }
}
