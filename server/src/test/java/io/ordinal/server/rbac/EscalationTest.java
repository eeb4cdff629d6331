package io.ordinal.server.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.Status;
import io.ordinal.server.User;
import io.ordinal.server.registry.Api;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EscalationTest {
  private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String LOCAL = ROLES + "namespaces/default/";
  private static final User JANE =
      new User("jane", "", Set.of("devs", User.AUTHENTICATED), Map.of());
  private static final String SECRETS =
      "{'metadata':{'name':'s'},'rules':[{'verbs':['list','get'],'apiGroups':[''],"
          + "'resources':['secrets','pods']}]}";

  private final Api api = new Api();

  /// Jane reads pods in default.
  @BeforeEach
  void janeReadsPods() {
    grant("{'verbs':['get','list'],'apiGroups':[''],'resources':['pods']}");
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void nobodyWritesARoleThatAllowsMoreThanHeMay() {
    var refusal = refusal("POST", LOCAL + "roles", SECRETS);
    assertThat(refusal.code()).isEqualTo(403);
    assertThat(refusal.message())
        .isEqualTo(
            "roles.rbac.authorization.k8s.io \"s\" is forbidden: user \"jane\" (groups=[\"devs\""
                + " \"system:authenticated\"]) is attempting to grant RBAC permissions not"
                + " currently held:\n"
                + "{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"list\" \"get\"]}");
  }

  @Test
  void whatOneHasOneMayGrant() {
    as("POST", LOCAL + "roles", SECRETS.replace("'secrets',", ""));
    as("POST", LOCAL + "rolebindings", binding("Role", "s"));
    assertThat(api.names(LOCAL + "rolebindings")).contains("s");
  }

  @Test
  void nobodyBindsARoleThatAllowsMoreThanHeMay() {
    assertThat(
            refusal("POST", LOCAL + "rolebindings", binding("ClusterRole", "cluster-admin"))
                .message())
        .contains(
            "rolebindings.rbac.authorization.k8s.io \"cluster-admin\" is forbidden: user \"jane\"",
            "{APIGroups:[\"*\"], Resources:[\"*\"], Verbs:[\"*\"]}\n"
                + "{NonResourceURLs:[\"*\"], Verbs:[\"*\"]}");
  }

  @Test
  void aRoleThatIsNotThereIsBoundByNobodyWhoMightNotHaveIt() {
    var refusal = refusal("POST", LOCAL + "rolebindings", binding("ClusterRole", "nope"));
    assertThat(refusal.message())
        .isEqualTo("clusterroles.rbac.authorization.k8s.io \"nope\" not found");
    api.post(LOCAL + "rolebindings", binding("ClusterRole", "nope"));
  }

  @Test
  void escalateAndBindAreRightsOfTheirOwn() {
    grant(
        "{'verbs':['escalate'],'apiGroups':['rbac.authorization.k8s.io'],'resources':['roles']}",
        "{'verbs':['bind'],'apiGroups':['rbac.authorization.k8s.io'],'resources':"
            + "['clusterroles'],'resourceNames':['cluster-admin']}");
    as("POST", LOCAL + "roles", SECRETS);
    assertThat(
            refusal("POST", LOCAL + "rolebindings", binding("ClusterRole", "system:node")).code())
        .isEqualTo(403);
    as("POST", LOCAL + "rolebindings", binding("ClusterRole", "cluster-admin"));
  }

  @Test
  void whoCollectsGarbageMayTouchWhatHeCouldNotGrant() {
    api.post(LOCAL + "roles", SECRETS);
    as("PATCH", LOCAL + "roles/s", "{'metadata':{'finalizers':['a.b/c']}}");
    assertThat(refusal("PATCH", LOCAL + "roles/s", "{'metadata':{'labels':{'a':'b'}}}").code())
        .isEqualTo(403);
  }

  @Test
  void gatheringRolesIsForThoseWhoMayEverything() {
    var gathering =
        "{'metadata':{'name':'g'},'aggregationRule':{'clusterRoleSelectors':"
            + "[{'matchLabels':{'a':'b'}}]}}";
    assertThat(refusal("POST", ROLES + "clusterroles", gathering).message())
        .endsWith("must have cluster-admin privileges to use the aggregationRule");
    api.post(ROLES + "clusterroles", gathering);
  }

  private void grant(String... rules) {
    var name = "grant-" + api.names(LOCAL + "roles").size();
    api.post(
        LOCAL + "roles",
        "{'metadata':{'name':'%s'},'rules':[%s]}".formatted(name, String.join(",", rules)));
    api.post(LOCAL + "rolebindings", binding("Role", name));
  }

  private static String binding(String kind, String role) {
    return "{'metadata':{'name':'%s'},'roleRef':{'kind':'%s','name':'%s'},'subjects':[{'kind':'User','name':'jane'}]}"
        .formatted(role, kind, role);
  }

  private void as(String method, String path, String json) {
    var type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
    api.callAs(JANE, method, path, type, json);
  }

  private Status refusal(String method, String path, String json) {
    return Api.refusal(() -> as(method, path, json));
  }
}
