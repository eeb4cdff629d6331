package io.ordinal.cluster.console;

import static io.ordinal.cluster.console.Browser.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.cluster.pki.PemFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Who may choose an issuer, and which one may be chosen.
@Timeout(120)
class OidcSettingsTest {

  private static final String PATH = "/oidc/settings";

  @TempDir static Path folder;
  private static World world;
  private static Browser admin;
  private static TestIssuer issuer;

  @BeforeAll
  static void start() throws Exception {
    world = new World(folder).withUsers();
    admin = world.admin();
    issuer = new TestIssuer(world::now);
  }

  @AfterAll
  static void stop() {
    issuer.close();
    world.close();
  }

  private static ObjectNode settings() {
    var json = JsonMapper.shared().createObjectNode();
    json.put("issuer", issuer.address()).put("clientId", TestIssuer.CLIENT);
    return json.put("clientSecret", TestIssuer.SECRET);
  }

  @ParameterizedTest
  @CsvSource({
    "issuer, ''",
    "issuer, http://issuer.example",
    "issuer, https://issuer.example/#x",
    "issuer, https://issuer.example?tenant=1",
    "issuer, https://user:word@issuer.example",
    "issuer, file:///etc/passwd",
    "issuer, https://127.0.0.1:1",
    "clientId, ''",
    "clientId, two words",
    "clientSecret, 'a\tb'",
    "groupsPrefix, ''",
    "groupsPrefix, oidc",
    "groupsPrefix, system:",
    "groupsPrefix, ordinal:",
    "groupsPrefix, 'a,b:'",
    "certificateAuthority, no certificate"
  })
  void whatIsWrongIsNamed(String field, String value) throws Exception {
    var answer = admin.send("PUT", PATH, settings().put(field, value).toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    assertThat(json(answer).at("/details/causes/0/field").asString()).isEqualTo(field);
    assertThat(answer.body()).doesNotContain(TestIssuer.SECRET);
  }

  @Test
  void anIssuerThatCallsItselfSomethingElseIsRefused() throws Exception {
    issuer.issuer = "https://evil.example";
    var answer = admin.send("PUT", PATH, settings().toString());
    issuer.issuer = issuer.address();
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).at("/details/causes/0/message").asString())
        .contains("it calls itself \"https://evil.example\"");
  }

  @Test
  void anIssuerOverTlsIsNotLeftForPlainHttp() throws Exception {
    try (var secure = new TestIssuer(world::now, world.serverTls())) {
      var authority = PemFiles.pem(world.pki.authority());
      var trusting = settings().put("issuer", secure.address());
      trusting.put("certificateAuthority", authority);
      secure.endpoints = issuer.address();
      var refused = admin.send("PUT", PATH, trusting.toString());
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
      assertThat(json(refused).at("/details/causes/0/message").asString())
          .contains("its authorization_endpoint is no https:// address");
      secure.endpoints = secure.address();
      var saved = admin.send("PUT", PATH, trusting.toString());
      assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
    }
  }

  @Test
  void aSecretThatCannotBeReadAnyMoreIsEnteredAnew() throws Exception {
    assertThat(admin.send("PUT", PATH, settings().toString()).statusCode()).isEqualTo(200);
    loseTheKey();
    var shown = admin.get(PATH);
    assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
    assertThat(json(shown).path("issuer").asString()).isEqualTo(issuer.address());
    var login = world.browser().sendWith(List.of(), "GET", "/oidc/login", "");
    assertThat(OidcWorld.location(login)).isEqualTo("/login?failed=broken");
    var without = settings();
    without.remove("clientSecret");
    var open = admin.send("PUT", PATH, without.toString());
    assertThat(open.statusCode()).as(open.body()).isEqualTo(200);
    assertThat(json(open).path("hasClientSecret").asBoolean()).isFalse();
    var anew = admin.send("PUT", PATH, settings().toString());
    assertThat(json(anew).path("hasClientSecret").asBoolean()).isTrue();
  }

  /// What was sealed cannot be opened any more.
  private static void loseTheKey() throws Exception {
    var secrets = world.kube.secrets().inNamespace("ordinal-system");
    secrets
        .withName("oidc.login")
        .edit(secret -> {
          secret.getData().put("clientSecret", secret.getData().get("clientId"));
          return secret;
        });
    world.await(() -> !json(admin.get(PATH)).path("hasClientSecret").asBoolean());
  }

  @Test
  void onlyAdministratorsChoose() throws Exception {
    var bob = world.bob();
    assertThat(bob.get(PATH).statusCode()).isEqualTo(403);
    assertThat(bob.send("PUT", PATH, settings().toString()).statusCode()).isEqualTo(403);
    assertThat(bob.send("DELETE", PATH, "").statusCode()).isEqualTo(403);
    assertThat(world.browser().get(PATH).statusCode()).isEqualTo(401);
    var noCsrf = List.of("Cookie", admin.cookie, "Origin", world.origin());
    assertThat(admin.sendWith(noCsrf, "PUT", PATH, settings().toString()).statusCode())
        .isEqualTo(403);
  }

  @Test
  void theSecretIsKeptSealedNeverShownAndNeverSentToAnother() throws Exception {
    var saved = admin.send("PUT", PATH, settings().toString());
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
    assertThat(json(saved).path("redirectUri").asString())
        .isEqualTo(world.origin() + "/oidc/callback");
    assertThat(json(saved).path("hasClientSecret").asBoolean()).isTrue();
    assertThat(saved.body() + admin.get(PATH).body() + kept()).doesNotContain(TestIssuer.SECRET);

    var without = settings();
    without.remove("clientSecret");
    var again = admin.send("PUT", PATH, without.put("adminGroup", "ops").toString());
    assertThat(json(again).path("hasClientSecret").asBoolean()).isTrue();
    try (var other = new TestIssuer(world::now)) {
      var elsewhere = admin.send("PUT", PATH, without.put("issuer", other.address()).toString());
      assertThat(elsewhere.statusCode()).isEqualTo(200);
      assertThat(json(elsewhere).path("hasClientSecret").asBoolean()).isFalse();
    }
  }

  /// All that a reader of the hub's Secrets sees.
  private static String kept() {
    var text = new StringBuilder();
    for (var secret : world.kube.secrets().inNamespace("ordinal-system").list().getItems()) {
      for (var value : secret.getData().values()) {
        text.append(new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }
}
