package io.ordinal.server.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.registry.Api;
import io.ordinal.server.tree.Json;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class RoleTest {
  private static final String GROUP = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String ROLES = GROUP + "namespaces/default/roles";
  private static final String BINDINGS = GROUP + "namespaces/default/rolebindings";

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest(name = "{1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "roles | 'apiGroups':[''],'resources':['pods'] |"
            + " rules[0].verbs: Required value: verbs must contain at least one value",
        "roles | 'verbs':['get'],'resources':['pods'] |"
            + " rules[0].apiGroups: Required value: resource rules must supply at least one api group",
        "roles | 'verbs':['get'],'apiGroups':[''] |"
            + " rules[0].resources: Required value: resource rules must supply at least one resource",
        "roles | 'verbs':['get'],'nonResourceURLs':['/metrics'] | rules[0].nonResourceURLs: Invalid"
            + " value: [\"/metrics\"]: namespaced rules cannot apply to non-resource URLs",
        "clusterroles | 'verbs':['get'],'nonResourceURLs':['/m'],'resources':['pods'] |"
            + " rules[0].nonResourceURLs: Invalid value: [\"/m\"]: rules cannot apply to both"
            + " regular resources and non-resource URLs"
      })
  void aRuleMustSayWhatItIsAbout(String plural, String rule, String message) {
    var path = plural.equals("roles") ? ROLES : GROUP + plural;
    var json = "{'metadata':{'name':'some'},'rules':[{" + rule + "}]}";
    assertThat(Api.refusal(() -> api.post(path, json)).message()).endsWith(message);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'roleRef':{'kind':'Some','name':'r'} | roleRef.kind: Unsupported value: \"Some\":"
            + " supported values: \"ClusterRole\", \"Role\"",
        "'roleRef':{'kind':'Role','name':''} | roleRef.name: Required value",
        "'roleRef':{'kind':'Role','name':'r'},'subjects':[{'kind':'Robot','name':'x'}] |"
            + " subjects[0].kind: Unsupported value: \"Robot\": supported values: \"Group\","
            + " \"ServiceAccount\", \"User\"",
        "'roleRef':{'kind':'Role','name':'r'},'subjects':[{'kind':'User','name':'x','apiGroup':'a'}]"
            + " | subjects[0].apiGroup: Unsupported value: \"a\": supported values:"
            + " \"rbac.authorization.k8s.io\""
      })
  void aBindingMustSayWhomItBindsToWhat(String binding, String message) {
    var json = "{'metadata':{'name':'some'}," + binding + "}";
    assertThat(Api.refusal(() -> api.post(BINDINGS, json)).message()).endsWith(message);
  }

  @Test
  void anAccountOfTheWholeClusterNeedsItsNamespace() {
    var json =
        "{'metadata':{'name':'b'},'roleRef':{'kind':'ClusterRole','name':'view'},"
            + "'subjects':[{'kind':'ServiceAccount','name':'robot'}]}";
    assertThat(Api.refusal(() -> api.post(GROUP + "clusterrolebindings", json)).message())
        .endsWith("subjects[0].namespace: Required value");
    api.post(BINDINGS, json);
  }

  @Test
  void aBindingIsAboutTheSameRoleForEver() {
    bind();
    var other = "{'roleRef':{'kind':'ClusterRole','name':'edit'}}";
    assertThat(Api.refusal(() -> api.merge(BINDINGS + "/b", other)).message())
        .startsWith(
            "RoleBinding.rbac.authorization.k8s.io \"b\" is invalid: roleRef: Invalid value:")
        .endsWith("cannot change roleRef");
  }

  @Test
  void groupsOfReferencesAreFilledIn() {
    var bound = bind();
    assertThat(Api.at(bound, "roleRef.apiGroup")).isEqualTo("rbac.authorization.k8s.io");
    assertThat(bound.path("subjects").get(0).path("apiGroup").asString())
        .isEqualTo("rbac.authorization.k8s.io");
    assertThat(bound.path("subjects").get(1).has("apiGroup")).isFalse();
  }

  @Test
  void namesNeedOnlyFitIntoAPath() {
    api.post(ROLES, "{'metadata':{'name':'system::Some Thing'}}");
    assertThat(Api.refusal(() -> api.post(ROLES, "{'metadata':{'name':'a/b'}}")).message())
        .contains("may not contain '/'");
  }

  @Test
  void theTableShowsRoleAndSubjects() {
    var bound = bind();
    var printer = api.registry.printer("rbac.authorization.k8s.io", "v1", "rolebindings");
    var row = printer.orElseThrow().row(Json.parse(Json.write(bound)), Instant.EPOCH);
    assertThat(row.toString()).contains("ClusterRole/view", "jane", "default/robot");
  }

  private ObjectNode bind() {
    return api.post(
        BINDINGS,
        "{'metadata':{'name':'b'},'roleRef':{'kind':'ClusterRole','name':'view'},'subjects':"
            + "[{'kind':'User','name':'jane'},{'kind':'ServiceAccount','name':'robot',"
            + "'namespace':'default'}]}");
  }
}
