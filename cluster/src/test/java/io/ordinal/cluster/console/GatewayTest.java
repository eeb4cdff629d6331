package io.ordinal.cluster.console;

import static io.ordinal.cluster.console.Browser.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Requests to clusters through the gateway.
@Timeout(120)
class GatewayTest {

  private static final String PODS = "/clusters/global/api/v1/namespaces/default/pods";
  private static final String CONFIGS = "/clusters/global/api/v1/namespaces/default/configmaps";

  @TempDir static Path folder;
  private static World world;
  private static Browser admin;
  private static Browser bob;

  @BeforeAll
  static void start() throws Exception {
    world = new World(folder).withUsers();
    admin = world.admin();
    bob = world.bob();
    world.makePod("echo");
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void everybodyActsAsHimself() throws Exception {
    var review = "/clusters/global/apis/authentication.k8s.io/v1/selfsubjectreviews";
    var body = "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";
    var who = json(admin.send("POST", review, body)).at("/status/userInfo");
    assertThat(who.path("username").asString()).isEqualTo("admin");
    assertThat(who.path("groups").toString())
        .contains("system:authenticated", "ordinal:administrators")
        .doesNotContain("system:masters");
    who = json(bob.send("POST", review, body)).at("/status/userInfo");
    assertThat(who.path("username").asString()).isEqualTo("bob");
    assertThat(who.path("groups").toString())
        .contains("system:authenticated", "readers")
        .doesNotContain("ordinal:administrators");
  }

  @Test
  void theClustersOwnRulesDecide() throws Exception {
    assertThat(admin.get("/clusters/global/api/v1/secrets").statusCode()).isEqualTo(200);
    var refused = bob.get("/clusters/global/api/v1/secrets");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(json(refused).path("message").asString()).contains("User \"bob\" cannot list");
    assertThat(bob.get("/clusters/global/version").statusCode()).isEqualTo(200);
  }

  @Test
  void objectsAreWrittenReadAndDeleted() throws Exception {
    var object = "{\"metadata\":{\"name\":\"written\"},\"data\":{\"a\":\"b\"}}";
    assertThat(admin.send("POST", CONFIGS, object).statusCode()).isEqualTo(201);
    assertThat(admin.get(CONFIGS + "/written").body()).contains("\"a\":\"b\"");
    var headers = new java.util.ArrayList<>(admin.headers());
    headers.addAll(List.of("Content-Type", "application/merge-patch+json"));
    var patch =
        admin.http.send(
            HttpRequest.newBuilder(URI.create(world.origin() + CONFIGS + "/written"))
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"data\":{\"a\":\"c\"}}"))
                .headers(headers.toArray(String[]::new))
                .build(),
            BodyHandlers.ofString());
    assertThat(patch.statusCode()).isEqualTo(200);
    assertThat(admin.send("DELETE", CONFIGS + "/written", "").statusCode()).isEqualTo(200);
    assertThat(admin.get(CONFIGS + "/written").statusCode()).isEqualTo(404);
  }

  @Test
  void aWatchComesPieceByPieceAndEndsWithTheSession() throws Exception {
    var browser = world.admin();
    var path = "/clusters/global/api/v1/namespaces/kube-system/configmaps?watch=true";
    var answer = browser.open(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_2);
    var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    world.kube.resource(config("seen")).create();
    assertThat(lines.readLine()).contains("\"ADDED\"").contains("\"seen\"");
    browser.send("DELETE", "/session", "");
    readToEnd(lines);
  }

  /// Returns when a stream has ended, by itself or cut off; the test's time limit is what fails.
  static void readToEnd(InputStream stream) {
    readToEnd(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
  }

  private static void readToEnd(BufferedReader lines) {
    try {
      lines.lines().forEach(_ -> {});
    } catch (UncheckedIOException e) {
      // cut off: an end, too
    }
  }

  private static io.fabric8.kubernetes.api.model.ConfigMap config(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("kube-system")
        .withName(name)
        .endMetadata()
        .build();
  }

  @Test
  void aCommandRunsThroughAWebSocket() throws Exception {
    var heard = new LinkedBlockingQueue<String>();
    var socket = exec(admin, heard).get(20, TimeUnit.SECONDS);
    assertThat(socket.getSubprotocol()).isEqualTo("v5.channel.k8s.io");
    socket.sendBinary(channel(0, "hello\n"), true).join();
    assertThat(next(heard)).isEqualTo("1:hello\n");
    // Not waited for: the answer, and the end, may be here before the client knows it has sent it.
    var _ = socket.sendBinary(ByteBuffer.wrap(new byte[] {(byte) 255, 0}), true);
    assertThat(next(heard)).startsWith("3:").contains("Success");
    assertThat(next(heard)).isEqualTo("closed");
  }

  @Test
  void aTerminalEndsWithTheSession() throws Exception {
    var browser = world.admin();
    var heard = new LinkedBlockingQueue<String>();
    var socket = exec(browser, heard).get(20, TimeUnit.SECONDS);
    socket.sendBinary(channel(0, "hello\n"), true).join();
    assertThat(next(heard)).isEqualTo("1:hello\n");
    browser.send("DELETE", "/session", "");
    // The command may end by the cut, and say so on channel 3, before the browser's side is closed.
    var last = next(heard);
    assertThat(last.startsWith("3:") ? next(heard) : last).isEqualTo("closed");
  }

  @Test
  void aPortIsForwardedUntilTheSessionEnds() throws Exception {
    var browser = world.admin();
    var heard = new LinkedBlockingQueue<String>();
    var socket =
        open(browser, "/echo/portforward?ports=7", heard, "v4.channel.k8s.io", csrf(browser))
            .get(20, TimeUnit.SECONDS);
    assertThat(next(heard)).isEqualTo("0:\u0007\u0000");
    assertThat(next(heard)).isEqualTo("1:\u0007\u0000");
    socket.sendBinary(channel(0, "hello\n"), true).join();
    assertThat(next(heard)).isEqualTo("0:hello\n");
    browser.send("DELETE", "/session", "");
    assertThat(next(heard)).isEqualTo("closed");
  }

  private static ByteBuffer channel(int number, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(bytes.length + 1).put((byte) number).put(bytes).flip();
  }

  private static String next(BlockingQueue<String> heard) throws InterruptedException {
    return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
  }

  private static CompletableFuture<WebSocket> exec(Browser who, BlockingQueue<String> heard) {
    var path = "/echo/exec?command=cat&stdin=true&stdout=true";
    return open(who, path, heard, "v5.channel.k8s.io", csrf(who));
  }

  private static String csrf(Browser who) {
    return "csrf.ordinal.io." + who.csrf;
  }

  private static CompletableFuture<WebSocket> open(
      Browser who, String path, BlockingQueue<String> heard, String protocol, String csrf) {
    return who.http
        .newWebSocketBuilder()
        .header("Origin", world.origin())
        .header("Cookie", who.cookie)
        .subprotocols(protocol, csrf)
        .buildAsync(
            URI.create(world.origin().replace("https", "wss") + PODS + path), new Hearing(heard));
  }

  private record Hearing(BlockingQueue<String> heard) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      var bytes = new byte[data.remaining()];
      data.get(bytes);
      var text = new String(Arrays.copyOfRange(bytes, 1, bytes.length), StandardCharsets.UTF_8);
      if (!text.isEmpty()) heard.add(bytes[0] + ":" + text);
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.add("closed");
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      heard.add("closed");
    }
  }

  @Test
  void aRefusedUpgradeSaysWhy() throws Exception {
    var answer =
        new RawRequest(world)
            .send(
                """
                POST %s/missing/exec?command=cat&stdout=true HTTP/1.1
                Upgrade: SPDY/3.1
                X-Stream-Protocol-Version: v4.channel.k8s.io
                Origin: %s
                Cookie: %s
                X-Ordinal-CSRF: %s
                Content-Length: 0
                """
                    .formatted(PODS, world.origin(), admin.cookie, admin.csrf)
                    .replace("Upgrade: SPDY", "Connection: Upgrade\nUpgrade: SPDY"));
    assertThat(answer).startsWith("HTTP/1.1 404").contains("pods \\\"missing\\\" not found");
  }

  @Test
  void kubectlsKubeconfigWorksWithoutACookie() throws Exception {
    var text = admin.get("/kubeconfig?cluster=global").body();
    var config = io.fabric8.kubernetes.client.Config.fromKubeconfig(text);
    assertThat(config.getMasterUrl()).startsWith(world.origin() + "/clusters/global");
    var token = config.getAutoOAuthToken();
    var headers = List.of("Authorization", "Bearer " + token);
    assertThat(world.browser().sendWith(headers, "GET", PODS, "").statusCode()).isEqualTo(200);
    var made =
        world
            .browser()
            .sendWith(headers, "POST", CONFIGS, "{\"metadata\":{\"name\":\"by-token\"}}");
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(world.browser().sendWith(headers, "GET", "/users", "").statusCode()).isEqualTo(401);
    assertThat(admin.get("/tokens").body()).contains("kubeconfig global").doesNotContain(token);
    var id = idOf("kubeconfig global");
    assertThat(admin.send("DELETE", "/tokens/" + id, "").statusCode()).isEqualTo(204);
    assertThat(world.browser().sendWith(headers, "GET", PODS, "").statusCode()).isEqualTo(401);
  }

  @Test
  void aKubeconfigMayBeForOneNamespace() throws Exception {
    var answer = admin.get("/kubeconfig?cluster=global&namespace=kube-system");
    assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("global-kube-system-config");
    var config = io.fabric8.kubernetes.client.Config.fromKubeconfig(answer.body());
    assertThat(config.getNamespace()).isEqualTo("kube-system");
    assertThat(config.getCurrentContext().getName())
        .isEqualTo("global-kube-system-context-default");
    for (var tricky : List.of("a%0Ab", "A", "..", "a%22", "-a")) {
      var refused = admin.get("/kubeconfig?cluster=global&namespace=" + tricky);
      assertThat(refused.statusCode()).as(tricky).isEqualTo(422);
    }
  }

  private static String idOf(String description) throws Exception {
    for (var token : json(admin.get("/tokens")).path("items")) {
      if (token.path("description").asString("").equals(description)) {
        return token.path("id").asString();
      }
    }
    throw new AssertionError("no token " + description);
  }

  @Test
  void anotherClusterIsAddedByItsKubeconfigAndRemoved() throws Exception {
    var added = admin.addCluster("second", world.kubeconfig(world.apiAddress));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    var id = json(added).path("id").asString();
    assertThat(json(added).path("state").asString()).isEqualTo("Ready");
    assertThat(admin.get("/clusters/" + id + "/api/v1/namespaces").statusCode()).isEqualTo(200);
    assertThat(bob.get("/clusters/" + id + "/api/v1/namespaces").statusCode()).isEqualTo(403);
    var secret = world.kube.secrets().inNamespace("ordinal-system").withName("cluster." + id).get();
    var kept =
        new String(
            java.util.Base64.getDecoder().decode(secret.getData().get("kubeconfig")),
            StandardCharsets.UTF_8);
    assertThat(kept).doesNotContain("server").hasSizeGreaterThan(1000);
    assertThat(admin.send("DELETE", "/clusters/" + id, "").statusCode()).isEqualTo(204);
    assertThat(admin.get("/clusters/" + id + "/api/v1/namespaces").statusCode()).isEqualTo(404);
  }

  @Test
  void aClusterThatDoesNotAnswerIsSaidSo() throws Exception {
    var refused = admin.addCluster("dead", world.kubeconfig("https://127.0.0.1:1"));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(json(refused).path("message").asString()).contains("does not answer");
  }

  @Test
  void anExpiredTokenIsNoneAndWhatItOpenedEnds() throws Exception {
    var made = admin.send("POST", "/tokens", "{\"description\":\"short\",\"expiresInHours\":1}");
    var headers = List.of("Authorization", "Bearer " + json(made).path("token").asString());
    var browser = world.browser();
    var watch = browser.openWith(headers, CONFIGS + "?watch=true");
    assertThat(watch.statusCode()).isEqualTo(200);
    world.pass(Duration.ofMinutes(61));
    assertThat(browser.sendWith(headers, "GET", PODS, "").statusCode()).isEqualTo(401);
    world.platform.sweep();
    readToEnd(watch.body());
  }
}
