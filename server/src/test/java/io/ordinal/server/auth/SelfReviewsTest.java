package io.ordinal.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.User;
import io.ordinal.server.tree.Json;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SelfReviewsTest {
  private final SelfReviews reviews = new SelfReviews(new Authorizer(), () -> Instant.EPOCH);

  @Test
  void theAdministratorMayDoEverything() {
    var status = rules(User.admin());
    assertThat(status.path("resourceRules").toString())
        .isEqualTo("[{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*\"]}]");
    assertThat(status.path("nonResourceRules").toString())
        .isEqualTo("[{\"verbs\":[\"*\"],\"nonResourceURLs\":[\"*\"]}]");
    assertThat(status.path("incomplete").asBoolean()).isFalse();
  }

  @Test
  void anAccountIsToldThatItMayAskAndDiscover() {
    var status = rules(User.serviceAccount("default", "robot", "", Map.of()));
    assertThat(status.path("resourceRules").toString())
        .contains("selfsubjectrulesreviews")
        .doesNotContain("\"*\"");
    assertThat(status.path("nonResourceRules").toString())
        .contains("\"/healthz\"", "\"/apis/*\"", "\"/openid/v1/jwks\"")
        .doesNotContain("/metrics");
  }

  private JsonNode rules(User user) {
    return reviews.rules(user, Json.parse("{\"spec\":{\"namespace\":\"default\"}}")).path("status");
  }
}
