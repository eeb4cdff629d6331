package io.ordinal.cluster.console;

import static io.ordinal.cluster.console.OidcWorld.encoded;
import static io.ordinal.cluster.console.OidcWorld.location;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.ordinal.cluster.console.TestIssuer.Maker;
import io.ordinal.cluster.console.TestIssuer.Tampering;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is tried against signing in with an issuer: tokens that prove nothing, answers that belong
/// to somebody else, ways to another site.
@Timeout(120)
class OidcAttackTest {

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

  record Forgery(String name, Tampering tampering, Maker maker) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Forgery told(String name, Tampering tampering) {
    return new Forgery(name, tampering, claims -> at.issuer.signed(claims));
  }

  private static Forgery made(String name, Maker maker) {
    return new Forgery(name, _ -> {}, maker);
  }

  static Stream<Forgery> forgeries() {
    return Stream.of(
        told("another sign-in's nonce", claims -> claims.claim("nonce", "x")),
        told("no nonce", claims -> claims.claim("nonce", null)),
        told("another client's", claims -> claims.audience("other")),
        told("several clients'", claims -> claims.audience(List.of(TestIssuer.CLIENT, "other"))),
        told("made for another client", claims -> claims.claim("azp", "other")),
        told("another issuer's", claims -> claims.issuer("https://evil.example")),
        told("no issuer", claims -> claims.issuer(null)),
        told("no subject", claims -> claims.subject(null)),
        told("an empty subject", claims -> claims.subject("")),
        told("a subject of two lines", claims -> claims.subject("a\r\nX-Evil: 1")),
        told("expired", claims -> claims.expirationTime(at.issuer.date(Duration.ofMinutes(-2)))),
        told("without an end", claims -> claims.expirationTime(null)),
        told(
            "from the future",
            claims ->
                claims
                    .issueTime(at.issuer.date(Duration.ofMinutes(5)))
                    .expirationTime(at.issuer.date(Duration.ofMinutes(9)))),
        told(
            "more groups than fit",
            claims -> claims.claim("groups", Stream.generate(() -> "g").limit(201).toList())),
        made("alg none", claims -> new PlainJWT(claims).serialize()),
        made(
            "signed with the public key as a shared secret",
            claims ->
                TestIssuer.signedWith(
                    claims,
                    at.issuer.key.getKeyID(),
                    new MACSigner(at.issuer.key.toPublicJWK().toJSONString()),
                    JWSAlgorithm.HS256)),
        made("signed with another key", claims -> withOtherKey(claims, "one")),
        made("signed with an unknown key", claims -> withOtherKey(claims, "two")),
        made("changed after signing", claims -> changed(at.issuer.signed(claims))),
        made("no signature", claims -> at.issuer.signed(claims).replaceFirst("[^.]*$", "")),
        made("no token", _ -> ""),
        made("nonsense", _ -> "a.b.c"));
  }

  private static String withOtherKey(JWTClaimsSet claims, String id) throws Exception {
    var other = new ECKeyGenerator(Curve.P_256).generate();
    return TestIssuer.signedWith(claims, id, new ECDSASigner(other), JWSAlgorithm.ES256);
  }

  private static String changed(String token) {
    var parts = token.split("\\.", -1);
    var claims =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("alice", "admin");
    parts[1] =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    return String.join(".", parts);
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void aForgedTokenIsRefused(Forgery forgery) throws Exception {
    at.issuer.tampering = forgery.tampering();
    at.issuer.maker = forgery.maker();
    at.assertNobody(at.arrive("/"), "refused");
  }

  @Test
  void anAnswerCountsOnce() throws Exception {
    var leaving = at.leave("/");
    var back = leaving.back();
    assertThat(at.sessionCookie(leaving.comeBack(back))).isNotEmpty();
    at.assertNobody(leaving.comeBack(back), "expired");
  }

  @Test
  void aCodeCountsOnce() throws Exception {
    var first = at.leave("/");
    var back = first.back();
    first.comeBack(back);
    var second = at.leave("/");
    var code = TestIssuer.parsed(back.substring(back.indexOf('?') + 1)).get("code");
    at.assertNobody(
        second.comeBack(second.back().replaceFirst("code=.*", "code=" + code)), "refused");
  }

  @Test
  void aCodeOfAnotherSignInIsOfNoUse() throws Exception {
    var attacker = at.leave("/").back();
    var code = TestIssuer.parsed(attacker.substring(attacker.indexOf('?') + 1)).get("code");
    var victim = at.leave("/");
    at.assertNobody(
        victim.comeBack(victim.back().replaceFirst("code=.*", "code=" + code)), "refused");
  }

  @Test
  void anAnswerToAnotherSignInIsNotTaken() throws Exception {
    var attackers = at.leave("/").back();
    var victim = at.leave("/");
    at.assertNobody(victim.comeBack(attackers), "expired");
    var noCookie = victim.browser().sendWith(List.of(), "GET", attackers, "");
    at.assertNobody(noCookie, "expired");
    var twice = List.of("Cookie", victim.cookie() + "; " + at.leave("/").cookie());
    at.assertNobody(victim.browser().sendWith(twice, "GET", victim.back(), ""), "expired");
    var madeUp = List.of("Cookie", victim.cookie().replaceFirst("=.*", "=AAAA"));
    at.assertNobody(victim.browser().sendWith(madeUp, "GET", victim.back(), ""), "expired");
    at.assertNobody(victim.comeBack("/oidc/callback"), "expired");
  }

  @Test
  void anAnswerOfAnotherIssuerIsNotTaken() throws Exception {
    var leaving = at.leave("/");
    at.assertNobody(
        leaving.comeBack(leaving.back() + "&iss=https%3A%2F%2Fevil.example"), "refused");
    var rightful = at.leave("/");
    var own = rightful.comeBack(rightful.back() + "&iss=" + encoded(at.issuer.address()));
    assertThat(at.sessionCookie(own)).isNotEmpty();
  }

  @Test
  void whoTakesTooLongBeginsAnew() throws Exception {
    var leaving = at.leave("/");
    at.world.pass(Duration.ofMinutes(10));
    at.assertNobody(leaving.comeBack(leaving.back()), "expired");
  }

  @Test
  void aSignInUnderWayEndsWithTheTrustInTheIssuer() throws Exception {
    at.issuer.maker =
        claims -> {
          at.remove();
          return at.issuer.signed(claims);
        };
    at.assertNobody(at.arrive("/"), "expired");
    assertThat(at.knows("alice")).isFalse();
  }

  @Test
  void aSignInUnderWayGivesNobodyWhatTheSettingsDoNotGiveAnyMore() throws Exception {
    var other = at.settings().put("groupsPrefix", "other:");
    at.issuer.maker =
        claims -> {
          at.save(other);
          return at.issuer.signed(claims);
        };
    at.assertNobody(at.arrive("/"), "expired");
    assertThat(at.knows("alice")).isFalse();
  }

  @Test
  void anAnswerThatComesAfterTheTrustIsGoneIsNotTaken() throws Exception {
    var leaving = at.leave("/");
    var back = leaving.back();
    at.remove();
    at.assertNobody(leaving.comeBack(back), "expired");
  }

  @Test
  void strangersDoNotKeepTheConsoleWaitingForTheIssuer() throws Exception {
    var asked = new Semaphore(0);
    var goOn = new CountDownLatch(1);
    at.issuer.beforeIt =
        () -> {
          asked.release();
          goOn.await();
        };
    var browser = at.world.browser();
    var login = browser.request(List.of(), "GET", "/oidc/login", "");
    var waiting =
        Stream.generate(() -> browser.http.sendAsync(login, BodyHandlers.ofString()))
            .limit(16)
            .toList();
    asked.acquire(16);
    assertThat(location(browser.sendWith(List.of(), "GET", "/oidc/login", "")))
        .isEqualTo("/login?failed=busy");
    goOn.countDown();
    for (var answer : waiting) {
      assertThat(location(answer.join())).startsWith(at.issuer.address());
    }
    at.issuer.beforeIt = () -> {};
    assertThat(at.sessionCookie(at.arrive("/"))).isNotEmpty();
  }

  @Test
  void anIssuerThatSaysNoIsHeardButNotQuoted() throws Exception {
    var leaving = at.leave("/");
    var back = leaving.back().replaceFirst("code=.*", "error=%3Cscript%3E");
    at.assertNobody(leaving.comeBack(back), "denied");
  }

  @Test
  void anIssuerThatIsGoneIsSaidToBe() throws Exception {
    var leaving = at.leave("/");
    var back = leaving.back();
    at.issuer.issuer = "https://evil.example";
    at.assertNobody(leaving.comeBack(back), "unreachable");
    var begun = at.world.browser().sendWith(List.of(), "GET", "/oidc/login", "");
    assertThat(location(begun)).isEqualTo("/login?failed=unreachable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "///evil.example",
        "evil.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=y",
        "/login?to=/x",
        "/oidc/login",
        "/kubeconfig?cluster=global",
        ""
      })
  void nobodyIsSentElsewhere(String page) throws Exception {
    assertThat(location(at.arrive(page))).isEqualTo("/");
  }

  @Test
  void aSessionThatSomebodyElseChoseIsNotTakenOver() throws Exception {
    var bob = at.world.bob();
    var leaving = at.leave("/");
    var chosen = "__Host-ordinal-" + at.world.port() + "=chosen-by-an-attacker";
    var answer =
        leaving
            .browser()
            .sendWith(
                List.of("Cookie", leaving.cookie() + "; " + chosen), "GET", leaving.back(), "");
    assertThat(at.sessionCookie(answer)).isNotEmpty().doesNotContain("chosen-by-an-attacker");
    var again = at.leave("/");
    var both = List.of("Cookie", again.cookie() + "; " + bob.cookie);
    again.browser().sendWith(both, "GET", again.back(), "");
    assertThat(bob.get("/session").statusCode()).isEqualTo(401);
  }

  @Test
  void anotherSiteDoesNotBeginASignIn() throws Exception {
    var foreign = List.of("Sec-Fetch-Site", "cross-site");
    assertThat(at.world.browser().sendWith(foreign, "GET", "/oidc/login", "").statusCode())
        .isEqualTo(403);
    assertThat(at.world.browser().send("POST", "/oidc/callback?code=x&state=y", "{}").statusCode())
        .isEqualTo(405);
  }
}
