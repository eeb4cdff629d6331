package io.ordinal.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.server.ApiException;
import io.ordinal.server.Query;
import io.ordinal.server.Target;
import io.ordinal.server.TestAuthority;
import io.ordinal.server.User;
import io.ordinal.server.kinds.KindTable;
import io.ordinal.server.kinds.ServiceAddresses;
import io.ordinal.server.registry.Objects;
import io.ordinal.server.tree.Json;
import io.ordinal.store.Expect;
import io.ordinal.store.MemoryStore;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class ServiceAccountTokensTest {
  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
  private static final Target REQUEST =
      Target.parse("POST", "/api/v1/namespaces/default/serviceaccounts/robot/token", Query.NONE)
          .orElseThrow();

  private final MemoryStore store = MemoryStore.create();
  private Instant now = START;
  private final InstantSource clock = () -> now;
  private final TokenConfig config =
      TokenConfig.of("https://issuer", new TokenKeys(TestAuthority.newKeys(), List.of()));
  private final StoredObjects objects =
      new StoredObjects(
          KindTable.of(new ServiceAddresses("10.96.0.0/24", new Random(1)), clock),
          new Objects(store));
  private final TokenRequests requests = new TokenRequests(config, objects, clock, new Random(1));
  private final ServiceAccountTokens tokens = new ServiceAccountTokens(config, objects, clock);

  @BeforeEach
  void anAccountAndItsPod() {
    put("/core/serviceaccounts/default/robot", "ServiceAccount", "robot", "sa-1", "{}");
    var spec = "{\"serviceAccountName\":\"robot\",\"nodeName\":\"node-1\"}";
    put("/core/pods/default/web-0", "Pod", "web-0", "pod-1", spec);
    put("/core/nodes/node-1", "Node", "node-1", "node-uid", "{}");
  }

  private void put(String key, String kind, String name, String uid, String spec) {
    var json =
        """
        {"apiVersion":"v1","kind":"%s","metadata":{"name":"%s","uid":"%s"},"spec":%s}
        """
            .formatted(kind, name, uid, spec);
    store.put(key, Json.encode(Json.parse(json)), Expect.ANYTHING);
  }

  @Test
  void aTokenIsItsServiceAccount() {
    var user = tokens.user(token("{}")).orElseThrow();
    assertThat(user.name()).isEqualTo("system:serviceaccount:default:robot");
    assertThat(user.uid()).isEqualTo("sa-1");
    assertThat(user.groups())
        .containsExactlyInAnyOrder(
            "system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated");
  }

  @Test
  void aTokenEndsInTime() {
    var token = token("{\"expirationSeconds\":600}");
    now = START.plusSeconds(599);
    assertThat(tokens.user(token)).isPresent();
    now = START.plusSeconds(600);
    assertThat(tokens.user(token)).isEmpty();
  }

  @Test
  void aTokenSurvivesAWallClockThatIsSetBack() {
    var token = token("{}");
    now = START.minus(Duration.ofHours(1));
    assertThat(tokens.user(token)).isPresent();
    now = START.plusSeconds(3600);
    assertThat(tokens.user(token)).isEmpty();
  }

  @Test
  void aTokenThatBeginsAfterItsIssueWaits() {
    var claims = claims(token("{}"));
    claims.put("nbf", START.plusSeconds(60).getEpochSecond());
    var later = config.keys().sign(claims);
    assertThat(tokens.user(later)).isEmpty();
    now = START.plusSeconds(60);
    assertThat(tokens.user(later)).isPresent();
  }

  @Test
  void aTokenDiesWithItsAccountAndIsNotOfTheNextOneOfThatName() {
    var token = token("{}");
    put("/core/serviceaccounts/default/robot", "ServiceAccount", "robot", "sa-2", "{}");
    assertThat(tokens.user(token)).isEmpty();
  }

  @Test
  void aBoundTokenTellsItsPodAndDiesAMinuteAfterIt() {
    var token = token(boundToPod(3600));
    var user = tokens.user(token).orElseThrow();
    assertThat(user.extra())
        .containsEntry("authentication.kubernetes.io/pod-name", List.of("web-0"))
        .containsEntry("authentication.kubernetes.io/node-name", List.of("node-1"));
    var pod = Json.parse(store.get("/core/pods/default/web-0").orElseThrow().bytes());
    ((ObjectNode) pod.path("metadata")).put("deletionTimestamp", START.plusSeconds(10).toString());
    store.put("/core/pods/default/web-0", Json.encode(pod), Expect.ANYTHING);
    now = START.plusSeconds(70);
    assertThat(tokens.user(token)).isPresent();
    now = START.plusSeconds(71);
    assertThat(tokens.user(token)).isEmpty();
  }

  @Test
  void theTokenOfAProjectedVolumeLivesForAYearAndWarns() {
    var answer = requests.create(REQUEST, User.node("node-1"), body(boundToPod(3607)));
    assertThat(answer.path("status").path("expirationTimestamp").asString())
        .isEqualTo(START.plusSeconds(3607).toString());
    var claims = claims(answer.path("status").path("token").asString());
    assertThat(claims.path("exp").asLong())
        .isEqualTo(START.plus(Duration.ofDays(365)).getEpochSecond());
    assertThat(claims.path("kubernetes.io").path("warnafter").asLong())
        .isEqualTo(START.plusSeconds(3607).getEpochSecond());
  }

  @Test
  void aNodeGetsTokensForItsOwnPodsOnly() {
    assertThatThrownBy(() -> requests.create(REQUEST, User.node("node-2"), body(boundToPod(3607))))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("forbidden");
    assertThatThrownBy(() -> requests.create(REQUEST, User.node("node-1"), body("{}")))
        .hasMessageContaining("not bound to a pod on it");
  }

  @Test
  void tooShortLivesAndWrongPodsAreRefused() {
    assertThatThrownBy(() -> token("{\"expirationSeconds\":599}"))
        .hasMessage(
            "TokenRequest.authentication.k8s.io \"robot\" is invalid: spec.expirationSeconds:"
                + " Invalid value: 599: may not specify a duration less than 10 minutes");
    put("/core/pods/default/other", "Pod", "other", "pod-2", "{\"serviceAccountName\":\"x\"}");
    assertThatThrownBy(() -> token(boundTo("other", "")))
        .hasMessageContaining("pod running with different serviceaccount name");
    assertThatThrownBy(() -> token(boundTo("web-0", "another-uid")))
        .hasMessageContaining("does not match the UID in record");
    assertThatThrownBy(() -> token(boundTo("nobody", ""))).hasMessageContaining("not found");
  }

  @Test
  void aTokenForOthersIsNotForUs() {
    assertThat(tokens.user(token("{\"audiences\":[\"vault\"]}"))).isEmpty();
  }

  @Test
  void aForgedTokenIsRefused() {
    var parts = token("{}").split("\\.", -1);
    var claims = claims(parts[0] + "." + parts[1]);
    claims.put("exp", START.plus(Duration.ofDays(9999)).getEpochSecond());
    var forged = Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(claims));
    assertThat(tokens.user(parts[0] + "." + forged + "." + parts[2])).isEmpty();
    var strangers =
        TokenConfig.of("https://issuer", new TokenKeys(TestAuthority.newKeys(), List.of()));
    var other = new TokenRequests(strangers, objects, clock, new Random(2));
    var foreign = other.create(REQUEST, User.admin(), body("{}"));
    assertThat(tokens.user(foreign.path("status").path("token").asString())).isEmpty();
    for (var garbage : List.of("", ".", "..", "a.b.c", parts[0] + "." + parts[1] + ".")) {
      assertThat(tokens.user(garbage)).isEmpty();
    }
  }

  @Test
  void tokensOfAnEarlierKeyAreStillGood() {
    var earlier = TestAuthority.newKeys();
    var before = TokenConfig.of("https://issuer", new TokenKeys(earlier, List.of()));
    var token =
        new TokenRequests(before, objects, clock, new Random(3))
            .create(REQUEST, User.admin(), body("{}"))
            .path("status")
            .path("token")
            .asString();
    var publicKey = (ECPublicKey) earlier.getPublic();
    var rotated = new TokenKeys(TestAuthority.newKeys(), List.of(publicKey));
    var after = TokenConfig.of("https://issuer", rotated);
    assertThat(new ServiceAccountTokens(after, objects, clock).user(token)).isPresent();
    assertThat(after.jwks().path("keys").size()).isEqualTo(2);
  }

  private String token(String spec) {
    return requests
        .create(REQUEST, User.admin(), body(spec))
        .path("status")
        .path("token")
        .asString();
  }

  private static ObjectNode body(String spec) {
    return Json.parse("{\"spec\":" + spec + "}");
  }

  private static String boundToPod(int seconds) {
    return boundTo("web-0", "pod-1").replace("}}", "},\"expirationSeconds\":" + seconds + "}");
  }

  private static String boundTo(String pod, String uid) {
    return "{\"boundObjectRef\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"name\":\""
        + pod
        + "\",\"uid\":\""
        + uid
        + "\"}}";
  }

  private static ObjectNode claims(String token) {
    return Json.parse(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
  }
}
