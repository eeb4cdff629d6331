package io.ordinal.cluster.console;

import static io.ordinal.cluster.console.Browser.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.platform.Platform;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Signing in and out, on a clock that the test turns.
@Timeout(120)
class SessionTest {

  @TempDir Path folder;
  private World world;

  @BeforeEach
  void start() throws Exception {
    world = new World(folder);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void theOneTimePasswordOpensNothingButItsOwnChange() throws Exception {
    var admin = world.browser().signedIn("admin", world.oneTimePassword);
    assertThat(json(admin.get("/session")).path("mustChangePassword").asBoolean()).isTrue();
    for (var path : new String[] {"/portal", "/users", "/tokens", "/clusters/global/api"}) {
      assertThat(admin.get(path).statusCode()).as(path).isEqualTo(403);
    }
    var weak = change(admin, world.oneTimePassword, "short");
    assertThat(weak.statusCode()).isEqualTo(422);
    assertThat(json(weak).at("/details/causes/0/field").asString()).isEqualTo("new");
    assertThat(change(admin, "not-the-Password-1", World.ADMIN_PASSWORD).statusCode())
        .isEqualTo(422);
    assertThat(change(admin, world.oneTimePassword, World.ADMIN_PASSWORD).statusCode())
        .isEqualTo(204);
    var portal = admin.get("/portal");
    assertThat(portal.statusCode()).isEqualTo(200);
    assertThat(json(portal).at("/clusters/0/state").asString()).isEqualTo("Ready");
    assertThat(json(portal).at("/clusters/0/version").asString()).startsWith("v1.");
    assertThat(world.browser().signIn("admin", world.oneTimePassword).statusCode()).isEqualTo(401);
  }

  private static java.net.http.HttpResponse<String> change(Browser who, String old, String fresh)
      throws Exception {
    return who.send(
        "POST", "/session/password", "{\"old\":\"%s\",\"new\":\"%s\"}".formatted(old, fresh));
  }

  @Test
  void aSessionEndsWhenItIsIdleAndWhenItIsOld() throws Exception {
    world.withUsers();
    var idle = world.admin();
    world.pass(Duration.ofMinutes(119));
    assertThat(idle.get("/session").statusCode()).isEqualTo(200);
    world.pass(Duration.ofMinutes(119));
    assertThat(idle.get("/session").statusCode()).isEqualTo(200);
    world.pass(Duration.ofHours(2));
    assertThat(idle.get("/session").statusCode()).isEqualTo(401);

    var busy = world.admin();
    for (int hour = 0; hour < 23; hour++) {
      world.pass(Duration.ofHours(1));
      assertThat(busy.get("/session").statusCode()).isEqualTo(200);
    }
    world.pass(Duration.ofHours(1));
    assertThat(busy.get("/session").statusCode()).isEqualTo(401);
    world.platform.sweep();
    assertThat(secrets("ordinal.io/session")).isZero();
  }

  @Test
  void aWatchThatRenewsItselfDoesNotKeepASession() throws Exception {
    world.withUsers();
    var tab = world.admin();
    for (int i = 0; i < 3; i++) {
      world.pass(Duration.ofMinutes(45));
      tab.get("/clusters/global/api/v1/namespaces?watch=true&timeoutSeconds=1&resourceVersion=x");
    }
    assertThat(tab.get("/session").statusCode()).isEqualTo(401);
  }

  @Test
  void signingInMakesANewIdAndEndsTheOldSession() throws Exception {
    world.withUsers();
    var browser = world.admin();
    var before = browser.cookie;
    browser.signedIn("admin", World.ADMIN_PASSWORD);
    assertThat(browser.cookie).isNotEqualTo(before);
    browser.cookie = before;
    assertThat(browser.get("/session").statusCode()).isEqualTo(401);
  }

  @Test
  void anIdThatSomebodyElseChoseIsNotTakenOver() throws Exception {
    world.withUsers();
    var browser = world.browser();
    browser.cookie = "__Host-ordinal-" + world.port() + "=chosen-by-an-attacker";
    var chosen = browser.cookie;
    browser.signedIn("admin", World.ADMIN_PASSWORD);
    assertThat(browser.cookie).isNotEqualTo(chosen);
    browser.cookie = chosen;
    assertThat(browser.get("/session").statusCode()).isEqualTo(401);
  }

  @Test
  void theCookieIsHiddenFromScriptsAndFromOtherSites() throws Exception {
    world.withUsers();
    var answer = world.browser().signIn("admin", World.ADMIN_PASSWORD);
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("__Host-ordinal-" + world.port() + "=")
        .containsIgnoringCase("; path=/")
        .containsIgnoringCase("; httponly")
        .containsIgnoringCase("; secure")
        .containsIgnoringCase("; samesite=strict")
        .doesNotContainIgnoringCase("domain=");
  }

  @Test
  void signingOutEverywhereEndsAllSessionsOfTheUserAndOfNobodyElse() throws Exception {
    world.withUsers();
    var here = world.admin();
    var there = world.admin();
    var bob = world.bob();
    assertThat(here.send("DELETE", "/session?everywhere=true", "").statusCode()).isEqualTo(204);
    assertThat(here.get("/session").statusCode()).isEqualTo(401);
    assertThat(there.get("/session").statusCode()).isEqualTo(401);
    assertThat(bob.get("/session").statusCode()).isEqualTo(200);
  }

  @Test
  void guessingIsSlowedDownAlsoForUsersWhoDoNotExist() throws Exception {
    world.withUsers();
    var browser = world.browser();
    for (var name : new String[] {"admin", "nobody"}) {
      for (int i = 0; i < 4; i++) {
        world.pass(Duration.ofSeconds(1));
        assertThat(browser.signIn(name, "wrong").statusCode()).as(name + i).isEqualTo(401);
      }
      var delayed = browser.signIn(name, World.ADMIN_PASSWORD);
      assertThat(delayed.statusCode()).as(name).isEqualTo(429);
      assertThat(delayed.headers().firstValue("Retry-After")).contains("2");
    }
    world.pass(Duration.ofSeconds(2));
    assertThat(browser.signIn("admin", World.ADMIN_PASSWORD).statusCode()).isEqualTo(200);
  }

  @Test
  void aResetFromOutsideEndsSessionsOfTheRunningConsole() throws Exception {
    world.withUsers();
    var bob = world.bob();
    var watch = bob.open("/clusters/global/api/v1/namespaces?watch=true");
    var password = Platform.resetPassword(world.kube, Clock.systemUTC(), new SecureRandom(), "bob");
    GatewayTest.readToEnd(watch.body());
    // The watch ends with the password, and the session with the event after that.
    world.await(() -> bob.get("/session").statusCode() == 401);
    var again = world.browser().signedIn("bob", password);
    assertThat(again.get("/portal").statusCode()).isEqualTo(403);
  }

  @Test
  void nothingThatIsKeptOpensADoor() throws Exception {
    world.withUsers();
    var admin = world.admin();
    var token = json(admin.send("POST", "/tokens", "{\"description\":\"ci\"}")).path("token");
    var kept = world.kube.secrets().inNamespace("ordinal-system").list().getItems().toString();
    var decoded = new StringBuilder(kept);
    for (var secret : world.kube.secrets().inNamespace("ordinal-system").list().getItems()) {
      secret
          .getData()
          .values()
          .forEach(value ->
              decoded.append(
                  new String(
                      java.util.Base64.getDecoder().decode(value),
                      java.nio.charset.StandardCharsets.UTF_8)));
    }
    assertThat(decoded.toString())
        .contains("$argon2id$v=19$m=19456,t=2,p=1$")
        .doesNotContain(World.ADMIN_PASSWORD)
        .doesNotContain(token.asString())
        .doesNotContain(admin.cookie.substring(admin.cookie.indexOf('=') + 1))
        .doesNotContain(admin.csrf);
  }

  private long secrets(String type) {
    return world.kube.secrets().inNamespace("ordinal-system").list().getItems().stream()
        .filter(secret -> type.equals(secret.getType()))
        .count();
  }
}
