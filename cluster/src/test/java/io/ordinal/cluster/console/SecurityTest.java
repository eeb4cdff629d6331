package io.ordinal.cluster.console;

import static io.ordinal.cluster.console.Browser.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each row an attack, and what becomes of it: the table of docs/security.md.
class SecurityTest {

  private static final String USER =
      "{\"name\":\"mallory\",\"password\":\"Mallory-pass-1\",\"administrator\":true}";
  private static final String EXEC = "/clusters/global/api/v1/namespaces/default/pods/web/exec";

  @TempDir static Path folder;
  private static World world;
  private static Browser admin;
  private static Browser bob;
  private static String bearer;

  @BeforeAll
  static void start() throws Exception {
    world = new World(folder).withUsers();
    admin = world.admin();
    bob = world.bob();
    var token = json(admin.send("POST", "/tokens", "{\"description\":\"good\"}")).path("token");
    bearer =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(token.asString().getBytes(StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  /// An attack.
  ///
  /// @param head request line and headers; `$ORIGIN`, `$COOKIE`, `$CSRF` are an administrator's own
  record Attack(String name, String host, String head, int status) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Attack attack(String name, int status, String... lines) {
    return new Attack(name, "", String.join("\n", lines), status);
  }

  private static Attack from(String host) {
    return new Attack("called as " + host, host, "GET /session HTTP/1.1\nCookie: $COOKIE", 421);
  }

  @ParameterizedTest
  @MethodSource({"nobody", "forgery", "hosts", "paths", "proxies", "sockets", "smuggling"})
  void isRefused(Attack attack) throws Exception {
    var head =
        attack
            .head()
            .replace("$ORIGIN", world.origin())
            .replace("$COOKIE", admin.cookie)
            .replace("$CSRF", admin.csrf)
            .replace("$OTHER", bob.csrf)
            .replace("$BEARER", bearer);
    var raw = new RawRequest(world);
    var answer = attack.host().isEmpty() ? raw.send(head) : raw.sendTo(attack.host(), head);
    assertThat(RawRequest.status(answer)).as(answer).isEqualTo(attack.status());
    assertThat(answer).contains("\"kind\":\"Status\"");
    assertThat(world.platform.accounts().find("mallory")).isEmpty();
  }

  static Stream<Attack> nobody() {
    return Stream.of(
        attack("no cookie", 401, "GET /portal HTTP/1.1"),
        attack("a guessed session", 401, "GET /portal HTTP/1.1", "Cookie: $COOKIEx"),
        attack("an empty session", 401, "GET /portal HTTP/1.1", "Cookie: " + name() + "="),
        attack(
            "a second session slipped in",
            401,
            "GET /portal HTTP/1.1",
            "Cookie: " + name() + "=attackers; $COOKIE"),
        attack("Basic", 401, "GET /clusters/global/api HTTP/1.1", "Authorization: Basic YTpi"),
        attack(
            "a made-up token", 401, "GET /clusters/global/api HTTP/1.1", "Authorization: Bearer x"),
        attack(
            "a made-up token beside a good cookie",
            401,
            "GET /clusters/global/api HTTP/1.1",
            "Authorization: Bearer x",
            "Cookie: $COOKIE"),
        attack(
            "a token where only browsers are served",
            401,
            "GET /users HTTP/1.1",
            "Authorization: Bearer x"));
  }

  private static String name() {
    return "__Host-ordinal-" + world.port();
  }

  private static Attack post(String name, String... headers) {
    var lines = new ArrayList<>(List.of("POST /users HTTP/1.1", "Content-Type: application/json"));
    lines.addAll(List.of(headers));
    lines.addAll(List.of("Cookie: $COOKIE", "Content-Length: " + USER.length(), "", USER));
    return attack(name, 403, lines.toArray(String[]::new));
  }

  static Stream<Attack> forgery() {
    return Stream.of(
        post("no CSRF token", "Origin: $ORIGIN"),
        post("a wrong CSRF token", "Origin: $ORIGIN", "X-Ordinal-CSRF: x"),
        post("the CSRF token of another session", "Origin: $ORIGIN", "X-Ordinal-CSRF: $OTHER"),
        post("no origin", "X-Ordinal-CSRF: $CSRF"),
        post("a foreign origin", "Origin: https://evil.example", "X-Ordinal-CSRF: $CSRF"),
        post("another port", "Origin: https://localhost:1", "X-Ordinal-CSRF: $CSRF"),
        post("no port", "Origin: https://localhost", "X-Ordinal-CSRF: $CSRF"),
        post("another scheme", "Origin: http://localhost:" + world.port(), "X-Ordinal-CSRF: $CSRF"),
        post("an origin of nobody", "Origin: null", "X-Ordinal-CSRF: $CSRF"),
        post(
            "another site, by its own word",
            "Origin: $ORIGIN",
            "X-Ordinal-CSRF: $CSRF",
            "Sec-Fetch-Site: cross-site"),
        attack(
            "a page on another port reads",
            403,
            "GET /users HTTP/1.1",
            "Sec-Fetch-Site: same-site",
            "Cookie: $COOKIE"),
        attack(
            "a foreign page reads",
            403,
            "GET /users HTTP/1.1",
            "Origin: https://evil.example",
            "Cookie: $COOKIE"),
        attack("signing somebody out", 403, "DELETE /session HTTP/1.1", "Cookie: $COOKIE"),
        attack(
            "signing somebody in, without an origin",
            403,
            "POST /session HTTP/1.1",
            "Content-Type: application/json",
            "Content-Length: 0"),
        attack(
            "signing somebody in, from a foreign page",
            403,
            "POST /session HTTP/1.1",
            "Origin: https://evil.example",
            "Content-Length: 0"),
        attack(
            "signing somebody in by a form",
            400,
            "POST /session HTTP/1.1",
            "Origin: $ORIGIN",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Length: 0"),
        attack(
            "deleting through the gateway without a CSRF token",
            403,
            "DELETE /clusters/global/api/v1/namespaces/default HTTP/1.1",
            "Origin: $ORIGIN",
            "Cookie: $COOKIE"));
  }

  static Stream<Attack> hosts() {
    return Stream.of(
        from("evil.example"),
        from("localhost.evil.example:" + world.port()),
        from("127.0.0.1.nip.io:" + world.port()),
        from("169.254.169.254"));
  }

  /// Otherwise the attacks by name would be refused for something else.
  @Test
  void ourOwnNamesAreServed() throws Exception {
    for (var host : List.of("localhost", "127.0.0.1")) {
      var answer =
          new RawRequest(world)
              .sendTo(host + ":" + world.port(), "GET /session HTTP/1.1\nCookie: " + admin.cookie);
      assertThat(RawRequest.status(answer)).as(answer).isEqualTo(200);
    }
  }

  static Stream<Attack> paths() {
    return Stream.of(
            "/clusters/global/api/../../../users",
            "/clusters/global/api/./v1",
            "/clusters/global/api/%2e%2e/users",
            "/clusters/global/api/%2E%2E/users",
            "/clusters/global/api/v1%2fsecrets",
            "/clusters/global/api/v1%2Fsecrets",
            "/clusters/global//api/v1/secrets",
            "//clusters/global/api",
            "/clusters/global/api/%252e%252e/users",
            "/clusters/global/api/v1%5csecrets",
            "/clusters/global/api\\v1",
            "/clusters/global/api/v1;x=y/secrets",
            "/clusters/global/api/..;/secrets",
            "/clusters/global/api/v1/secrets%00",
            "/clusters/global/api/v1/%73ecrets",
            "/clusters/global/api/v1/nodes/n/pro%78y/",
            "/clusters/global/api/v1/secrets%0d%0aX-Remote-User:admin",
            "/clusters/global/api/v1/%zz",
            "/clusters/global/api/v1/secrets%",
            "/clusters/global/api/v1/%c0%ae%c0%ae/users",
            "/console/../pom.xml",
            "/%2e%2e/etc/passwd")
        .map(path -> attack(path, 400, "GET " + path + " HTTP/1.1", "Cookie: $COOKIE"));
  }

  static Stream<Attack> proxies() {
    var led =
        Stream.of(
                "/api/v1/namespaces/default/pods/web/proxy",
                "/api/v1/namespaces/default/pods/web:80/proxy/index.html",
                "/api/v1/namespaces/default/services/https:web:443/proxy/x",
                "/api/v1/nodes/node-1/proxy/metrics",
                "/api/v1/proxy/namespaces/default/pods/web",
                "/apis/apps/v1/namespaces/default/statefulsets/web/proxy")
            .map(path ->
                attack(path, 403, "GET /clusters/global" + path + " HTTP/1.1", "Cookie: $COOKIE"));
    var elsewhere =
        Stream.of("/metrics", "/logs/x", "/debug/pprof", "/healthz", "/.well-known/x", "/apis2")
            .map(path ->
                attack(path, 404, "GET /clusters/global" + path + " HTTP/1.1", "Cookie: $COOKIE"));
    var unknown =
        Stream.of("nobody", "Global", "@evil.example", "global:443", "cls-1")
            .map(id ->
                attack(
                    "cluster " + id,
                    404,
                    "GET /clusters/" + id + "/api HTTP/1.1",
                    "Cookie: $COOKIE"));
    return Stream.concat(led, Stream.concat(elsewhere, unknown));
  }

  private static Attack socket(String name, int status, String... headers) {
    var lines =
        new ArrayList<>(
            List.of(
                "GET " + EXEC + "?command=sh&stdout=true HTTP/1.1",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
    lines.addAll(List.of(headers));
    return attack(name, status, lines.toArray(String[]::new));
  }

  static Stream<Attack> sockets() {
    var protocol = "Sec-WebSocket-Protocol: v5.channel.k8s.io";
    return Stream.of(
        socket(
            "a WebSocket without an origin",
            403,
            protocol,
            "Cookie: $COOKIE",
            "X-Ordinal-CSRF: $CSRF"),
        socket(
            "a WebSocket from a foreign page",
            403,
            protocol + ", csrf.ordinal.io.$CSRF",
            "Cookie: $COOKIE",
            "Origin: https://evil.example"),
        socket(
            "a WebSocket from another port",
            403,
            protocol + ", csrf.ordinal.io.$CSRF",
            "Cookie: $COOKIE",
            "Origin: https://localhost:1"),
        socket(
            "a WebSocket without a CSRF token",
            403,
            protocol,
            "Cookie: $COOKIE",
            "Origin: $ORIGIN"),
        socket(
            "a WebSocket with another's CSRF token",
            403,
            protocol + ", csrf.ordinal.io.$OTHER",
            "Cookie: $COOKIE",
            "Origin: $ORIGIN"),
        socket(
            "a bearer token as a sub-protocol",
            401,
            protocol + ", base64url.bearer.authorization.k8s.io.$BEARER",
            "Origin: $ORIGIN"),
        attack(
            "an upgrade to something else",
            400,
            "GET " + EXEC + " HTTP/1.1",
            "Connection: Upgrade",
            "Upgrade: h2c",
            "Cookie: $COOKIE",
            "Origin: $ORIGIN",
            "X-Ordinal-CSRF: $CSRF"));
  }

  static Stream<Attack> smuggling() {
    return Stream.of(
        attack(
            "two lengths", 400, "POST /session HTTP/1.1", "Content-Length: 5", "Content-Length: 6"),
        attack(
            "a length and chunks",
            400,
            "POST /session HTTP/1.1",
            "Content-Length: 5",
            "Transfer-Encoding: chunked"),
        attack(
            "a method of its own",
            405,
            "TRACK /clusters/global/api HTTP/1.1",
            "Cookie: $COOKIE",
            "Origin: $ORIGIN",
            "X-Ordinal-CSRF: $CSRF"));
  }

  @Test
  void whoIsNoAdministratorDoesNotBecomeOne() throws Exception {
    var own = "{\"displayName\":\"Bob\",\"administrator\":true,\"groups\":[]}";
    assertThat(bob.get("/users").statusCode()).isEqualTo(403);
    assertThat(bob.send("POST", "/users", USER).statusCode()).isEqualTo(403);
    assertThat(bob.send("PUT", "/users/bob", own).statusCode()).isEqualTo(403);
    assertThat(bob.send("DELETE", "/users/admin", "").statusCode()).isEqualTo(403);
    assertThat(bob.send("POST", "/clusters", "{}").statusCode()).isEqualTo(403);
    assertThat(bob.send("DELETE", "/clusters/global", "").statusCode()).isEqualTo(403);
    assertThat(bob.get("/clusters/global/api/v1/namespaces/ordinal-system/secrets").statusCode())
        .isEqualTo(403);
  }

  @Test
  void identitiesOfAClusterCannotBeUsers() throws Exception {
    for (var name : List.of("system:admin", "system:masters", "a:b", "Admin", "ab", "-ab", "a/b")) {
      var body = "{\"name\":\"%s\",\"password\":\"Mallory-pass-1\"}".formatted(name);
      assertThat(admin.send("POST", "/users", body).statusCode()).as(name).isEqualTo(422);
    }
    for (var group : List.of("system:masters", "ordinal:administrators", "a,b", "")) {
      var body =
          "{\"name\":\"mallory\",\"password\":\"Mallory-pass-1\",\"groups\":[\"%s\"]}"
              .formatted(group);
      assertThat(admin.send("POST", "/users", body).statusCode()).as(group).isEqualTo(422);
    }
  }

  @Test
  void thereIsAlwaysAnAdministrator() throws Exception {
    var demoted = "{\"displayName\":\"\",\"administrator\":false,\"groups\":[]}";
    assertThat(admin.send("PUT", "/users/admin", demoted).statusCode()).isEqualTo(409);
    assertThat(admin.send("DELETE", "/users/admin", "").statusCode()).isEqualTo(409);
  }

  @Test
  void everyAnswerIsProtected() throws Exception {
    for (var path :
        List.of("/", "/tkestack/anything", "/session", "/clusters/global/version", "/nothing.js")) {
      var answer = admin.get(path);
      assertThat(answer.headers().firstValue("X-Content-Type-Options"))
          .as(path)
          .contains("nosniff");
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .as(path)
          .contains("frame-ancestors 'none'")
          .doesNotContain("script-src 'unsafe");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).as(path).isEmpty();
    }
    assertThat(
            admin.get("/clusters/global/version").headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).contains("sandbox"));
  }
}
