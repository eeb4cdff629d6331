package io.ordinal.cluster.console;

import static io.ordinal.cluster.console.Browser.json;
import static io.ordinal.cluster.console.OidcWorld.location;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Signing in with an issuer of identities, and who one is then.
@Timeout(120)
class OidcTest {

  private static final String REVIEW =
      "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";

  @TempDir static Path folder;
  private static OidcWorld at;

  @BeforeAll
  static void start() throws Exception {
    at = new OidcWorld(folder);
  }

  @AfterAll
  static void stop() {
    at.close();
  }

  @BeforeEach
  void begin() throws Exception {
    at.begin();
  }

  @Test
  void aUserOfTheIssuerIsSignedInAndSeesThePageThatHeWanted() throws Exception {
    assertThat(at.world.browser().get("/oidc").body()).isEqualTo("{\"enabled\":true}");
    var answer = at.arrive("/p/global/-/pods?search=web%20x");
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).isEqualTo("/p/global/-/pods?search=web%20x");
    assertThat(at.sessionCookie(answer))
        .containsIgnoringCase("; httponly")
        .containsIgnoringCase("; secure")
        .containsIgnoringCase("; samesite=strict");
    var session = json(at.signedIn().get("/session"));
    assertThat(session.path("user").asString()).isEqualTo(at.name("alice"));
    assertThat(session.path("displayName").asString()).isEqualTo("Alice A.");
    assertThat(session.path("local").asBoolean()).isFalse();
    assertThat(session.path("administrator").asBoolean()).isFalse();
    assertThat(session.path("mustChangePassword").asBoolean()).isFalse();
  }

  @Test
  void theClusterHearsIssuerAndSubjectAndPrefixedGroups() throws Exception {
    at.issuer.groups = List.of("dev", "system:masters", "a,ordinal:administrators", "研发");
    var reviewed =
        at.signedIn()
            .send(
                "POST",
                "/clusters/global/apis/authentication.k8s.io/v1/selfsubjectreviews",
                REVIEW);
    var who = json(reviewed).at("/status/userInfo");
    assertThat(who.path("username").asString()).as(reviewed.body()).isEqualTo(at.name("alice"));
    assertThat(who.path("groups").values())
        .extracting(group -> group.asString())
        .containsExactlyInAnyOrder(
            "system:authenticated",
            "oidc:dev",
            "oidc:system:masters",
            "oidc:a,ordinal:administrators");
  }

  @Test
  void whoSetsOutCarriesStateNonceAndChallenge() throws Exception {
    var answer = at.world.browser().sendWith(List.of(), "GET", "/oidc/login", "");
    var query = TestIssuer.parsed(location(answer).substring(location(answer).indexOf('?') + 1));
    assertThat(query)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", TestIssuer.CLIENT)
        .containsEntry("scope", "openid profile email")
        .containsEntry("redirect_uri", at.world.origin() + "/oidc/callback")
        .containsEntry("code_challenge_method", "S256");
    assertThat(query.get("state")).hasSize(43).isNotEqualTo(query.get("nonce"));
    assertThat(query.get("nonce")).hasSize(43);
    var cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .startsWith("__Host-ordinal-oidc-" + at.world.port() + "=")
        .containsIgnoringCase("; httponly")
        .containsIgnoringCase("; secure")
        .containsIgnoringCase("; samesite=lax")
        .containsIgnoringCase("; max-age=600")
        .doesNotContain(query.get("state"), query.get("nonce"));
  }

  @Test
  void membersOfTheAdministratorsGroupAreAdministratorsAsLongAsTheyAreIn() throws Exception {
    at.issuer.groups = List.of("ops");
    var ops = at.signedIn();
    assertThat(ops.get("/users").statusCode()).isEqualTo(200);
    assertThat(ops.get("/clusters/global/api/v1/secrets").statusCode()).isEqualTo(200);
    at.issuer.groups = List.of("oidc:ops", "ordinal:administrators");
    var former = at.signedIn();
    assertThat(former.get("/users").statusCode()).isEqualTo(403);
    assertThat(ops.get("/users").statusCode()).isEqualTo(403);
    assertThat(former.get("/clusters/global/api/v1/secrets").statusCode()).isEqualTo(403);
  }

  @Test
  void whatHeHasOpenEndsWhenHeIsFoundToHaveLostAGroup() throws Exception {
    at.issuer.groups = List.of("ops");
    var ops = at.signedIn();
    var watch = ops.open("/clusters/global/api/v1/secrets?watch=true");
    assertThat(watch.statusCode()).isEqualTo(200);
    at.issuer.groups = List.of();
    at.signedIn();
    GatewayTest.readToEnd(watch.body());
    assertThat(ops.get("/session").statusCode()).isEqualTo(200);
  }

  @Test
  void anAdministratorOfTheIssuerDoesNotReplaceTheLastOneWithAPassword() throws Exception {
    at.issuer.groups = List.of("ops");
    var demoted = "{\"displayName\":\"\",\"administrator\":false,\"groups\":[]}";
    assertThat(at.signedIn().send("PUT", "/users/admin", demoted).statusCode()).isEqualTo(409);
  }

  @Test
  void aSubjectCannotBecomeALocalUser() throws Exception {
    at.issuer.user = "admin";
    var session = json(at.signedIn().get("/session"));
    assertThat(session.path("user").asString()).isEqualTo(at.name("admin"));
    assertThat(session.path("administrator").asBoolean()).isFalse();
    var listed =
        json(at.admin().get("/users")).path("items").values().stream()
            .filter(user -> user.path("name").asString().equals(at.name("admin")))
            .findFirst()
            .orElseThrow();
    assertThat(listed.path("local").asBoolean()).isFalse();
    for (var user : List.of(at.name("admin"), listed.path("id").asString())) {
      for (var password : List.of("", "x", World.ADMIN_PASSWORD)) {
        assertThat(at.world.browser().signIn(user, password).statusCode()).as(user).isIn(401, 429);
      }
    }
  }

  @Test
  void whomTheIssuerVouchesForHasNoPasswordHere() throws Exception {
    var alice = at.signedIn();
    var change = "{\"old\":\"\",\"new\":\"A-good-password-1\"}";
    assertThat(alice.send("POST", "/session/password", change).statusCode()).isEqualTo(409);
    var id =
        json(at.admin().get("/users")).path("items").values().stream()
            .filter(user -> user.path("name").asString().equals(at.name("alice")))
            .map(user -> user.path("id").asString())
            .findFirst()
            .orElseThrow();
    var body = "{\"displayName\":\"Mallory\",\"administrator\":true}";
    assertThat(at.admin().send("PUT", "/users/" + id, body).statusCode()).isEqualTo(409);
    assertThat(at.admin().send("DELETE", "/users/" + id, "").statusCode()).isEqualTo(204);
    assertThat(alice.get("/session").statusCode()).isEqualTo(401);
  }

  @Test
  void itsSessionHasItsOwnEndAndEndsWithTheUsersWish() throws Exception {
    var here = at.signedIn();
    var there = at.signedIn();
    assertThat(here.send("DELETE", "/session", "").statusCode()).isEqualTo(204);
    assertThat(here.get("/session").statusCode()).isEqualTo(401);
    assertThat(there.get("/session").statusCode()).isEqualTo(200);
    var again = at.signedIn();
    assertThat(again.send("DELETE", "/session?everywhere=true", "").statusCode()).isEqualTo(204);
    assertThat(there.get("/session").statusCode()).isEqualTo(401);
  }

  @Test
  void otherGroupsForTheSameUsersSignThemOut() throws Exception {
    var alice = at.signedIn();
    at.save(at.settings().put("groupsPrefix", "other:"));
    assertThat(alice.get("/session").statusCode()).isEqualTo(401);
    assertThat(at.knows("alice")).isFalse();
    var again = json(at.signedIn().get("/session"));
    assertThat(again.path("groups").toString()).contains("\"other:dev\"").doesNotContain("oidc:");
  }

  @Test
  void itsTokensLiveNoLongerThanAWeek() throws Exception {
    var alice = at.signedIn();
    var month = "{\"description\":\"ci\",\"expiresInHours\":720}";
    assertThat(alice.send("POST", "/tokens", month).statusCode()).isEqualTo(422);
    var token = alice.send("POST", "/tokens", "{\"description\":\"ci\"}");
    assertThat(token.statusCode()).isEqualTo(201);
    var bearer = "Bearer " + json(token).path("token").asString();
    var path = "/clusters/global/api";
    var tool = List.of("Authorization", bearer);
    assertThat(at.world.browser().sendWith(tool, "GET", path, "").statusCode()).isEqualTo(200);
    assertThat(at.admin().send("DELETE", "/oidc/settings", "").statusCode()).isEqualTo(204);
    assertThat(at.world.browser().sendWith(tool, "GET", path, "").statusCode()).isEqualTo(401);
    assertThat(alice.get("/session").statusCode()).isEqualTo(401);
    assertThat(at.world.browser().get("/oidc").body()).isEqualTo("{\"enabled\":false}");
    assertThat(at.world.browser().get("/oidc/login").statusCode()).isEqualTo(404);
  }
}
