package io.ordinal.cluster.console;

import static io.ordinal.cluster.console.Browser.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A console, an issuer of identities that it trusts, and browsers on their way between the two.
final class OidcWorld implements AutoCloseable {

  final World world;
  final TestIssuer issuer;
  private final Browser admin;

  OidcWorld(Path folder) throws Exception {
    world = new World(folder).withUsers();
    issuer = new TestIssuer(world::now);
    admin = world.admin();
  }

  /// An honest issuer, trusted by the console, with `alice` in front of it, who is in `dev`.
  void begin() throws Exception {
    issuer.user = "alice";
    issuer.groups = List.of("dev");
    issuer.issuer = issuer.address();
    issuer.tampering = _ -> {};
    issuer.maker = issuer::signed;
    issuer.beforeIt = () -> {};
    save(settings());
  }

  /// That trust the issuer.
  ObjectNode settings() {
    var settings = JsonMapper.shared().createObjectNode();
    settings.put("issuer", issuer.address()).put("clientId", TestIssuer.CLIENT);
    return settings.put("clientSecret", TestIssuer.SECRET).put("adminGroup", "ops");
  }

  void save(ObjectNode settings) throws Exception {
    var saved = admin.send("PUT", "/oidc/settings", settings.toString());
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
  }

  void remove() throws Exception {
    assertThat(admin.send("DELETE", "/oidc/settings", "").statusCode()).isEqualTo(204);
  }

  /// Whether the console knows this user of the issuer.
  boolean knows(String subject) throws Exception {
    return json(admin.get("/users")).path("items").values().stream()
        .anyMatch(user -> user.path("name").asString().equals(name(subject)));
  }

  Browser admin() {
    return admin;
  }

  /// A browser that has set out for the issuer.
  record Leaving(OidcWorld at, Browser browser, String address, String cookie) {

    /// The issuer sends it back here.
    String back() throws Exception {
      var answer = browser.at(address);
      assertThat(answer.statusCode()).isEqualTo(302);
      var location = location(answer);
      assertThat(location).startsWith(at.world.origin() + "/oidc/callback?");
      return location.substring(at.world.origin().length());
    }

    HttpResponse<String> comeBack(String path) throws Exception {
      return browser.sendWith(
          List.of("Cookie", cookie, "Sec-Fetch-Site", "cross-site"), "GET", path, "");
    }
  }

  Leaving leave(String page) throws Exception {
    var browser = world.browser();
    var answer = browser.sendWith(List.of(), "GET", "/oidc/login?to=" + encoded(page), "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    var cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    return new Leaving(this, browser, location(answer), cookie.split(";", -1)[0]);
  }

  HttpResponse<String> arrive(String page) throws Exception {
    var leaving = leave(page);
    return leaving.comeBack(leaving.back());
  }

  /// Whoever the issuer says.
  Browser signedIn() throws Exception {
    var answer = arrive("/");
    assertThat(sessionCookie(answer)).as(location(answer)).isNotEmpty();
    var browser = world.browser();
    browser.cookie = sessionCookie(answer).split(";", -1)[0];
    browser.csrf = json(browser.get("/session")).path("csrf").asString();
    return browser;
  }

  String sessionCookie(HttpResponse<?> answer) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith("__Host-ordinal-" + world.port() + "="))
        .findFirst()
        .orElse("");
  }

  void assertNobody(HttpResponse<String> answer, String why) {
    assertThat(location(answer)).isEqualTo("/login?failed=" + why);
    assertThat(sessionCookie(answer)).isEmpty();
  }

  String name(String subject) {
    return issuer.address() + "#" + subject;
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String location(HttpResponse<?> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  @Override
  public void close() {
    issuer.close();
    world.close();
  }
}
