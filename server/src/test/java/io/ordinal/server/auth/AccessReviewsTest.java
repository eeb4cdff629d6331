package io.ordinal.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.server.User;
import io.ordinal.server.registry.Api;
import io.ordinal.server.tree.Json;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AccessReviewsTest {
  private static final User ROBOT = User.serviceAccount("default", "robot", "", Map.of());

  private final Api api = new Api();
  private final AccessReviews reviews = new AccessReviews(api.authorizer, () -> Instant.EPOCH);

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void theAdministratorMayDoEverything() {
    var status = rules(User.admin());
    assertThat(status.path("resourceRules").toString())
        .contains("{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*\"]}");
    assertThat(status.path("nonResourceRules").toString())
        .contains("{\"verbs\":[\"*\"],\"nonResourceURLs\":[\"*\"]}");
    assertThat(status.path("incomplete").asBoolean()).isFalse();
  }

  @Test
  void anAccountIsToldThatItMayAskAndDiscover() {
    var status = rules(ROBOT);
    assertThat(status.path("resourceRules").toString())
        .contains("selfsubjectrulesreviews")
        .doesNotContain("\"*\"");
    assertThat(status.path("nonResourceRules").toString())
        .contains("\"/healthz\"", "\"/apis/*\"", "\"/openid/v1/jwks\"")
        .doesNotContain("/metrics");
  }

  @Test
  void whoMayIsAnsweredForOthersWithTheReason() {
    var asked =
        "{'spec':{'user':'system:kube-scheduler','resourceAttributes':{'verb':'create',"
            + "'resource':'pods','subresource':'binding','namespace':'default'}}}";
    var status = reviews.others(json(asked)).path("status");
    assertThat(status.path("allowed").asBoolean()).isTrue();
    assertThat(status.path("reason").asString())
        .isEqualTo(
            "RBAC: allowed by ClusterRoleBinding \"system:kube-scheduler\" of ClusterRole"
                + " \"system:kube-scheduler\" to User \"system:kube-scheduler\"");
    var secrets = asked.replace("pods", "secrets").replace("'subresource':'binding',", "");
    assertThat(reviews.others(json(secrets)).path("status").toString())
        .isEqualTo("{\"allowed\":false}");
  }

  @Test
  void groupsCountAlone() {
    var asked =
        "{'spec':{'groups':['system:masters'],'nonResourceAttributes':{'verb':'get',"
            + "'path':'/metrics'}}}";
    assertThat(reviews.others(json(asked)).path("status").path("allowed").asBoolean()).isTrue();
  }

  @Test
  void aLocalReviewStaysInItsNamespace() {
    var asked =
        "{'spec':{'user':'jane','resourceAttributes':{'verb':'get','resource':'pods',"
            + "'namespace':'web'}}}";
    assertThat(reviews.local("web", json(asked)).path("metadata").path("namespace").asString())
        .isEqualTo("web");
    assertThatThrownBy(() -> reviews.local("other", json(asked)))
        .hasMessage("spec.resourceAttributes.namespace must match namespace: other");
  }

  @Test
  void aReviewAboutNothingOrNobodyIsRefused() {
    assertThatThrownBy(() -> reviews.own(ROBOT, json("{'spec':{}}")))
        .hasMessageContaining(
            "exactly one of nonResourceAttributes or resourceAttributes must be specified");
    assertThatThrownBy(() -> reviews.others(json("{'spec':{'resourceAttributes':{'verb':'get'}}}")))
        .hasMessageContaining("at least one of user or group must be specified");
    assertThatThrownBy(() -> reviews.rules(ROBOT, json("{'spec':{}}")))
        .hasMessage("no namespace on request");
  }

  private JsonNode rules(User user) {
    return reviews.rules(user, json("{'spec':{'namespace':'default'}}")).path("status");
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"'));
  }
}
