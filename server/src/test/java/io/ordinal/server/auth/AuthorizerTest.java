package io.ordinal.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.server.Query;
import io.ordinal.server.Target;
import io.ordinal.server.User;
import io.ordinal.server.rbac.Action;
import io.ordinal.server.registry.Api;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizerTest {
  private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/";
  private static final User JANE = new User("jane", "", Set.of("devs"), Map.of());

  private final Api api = new Api();

  @AfterEach
  void close() {
    api.close();
  }

  @ParameterizedTest(name = "{0} {1} {3}.{2}: {4}")
  @CsvSource({
    "admin, delete, apps, statefulsets, true",
    "scheduler, create, '', pods/binding, true",
    "scheduler, list, '', nodes, true",
    "scheduler, delete, '', secrets, false",
    "scheduler, create, coordination.k8s.io, leases, true",
    "scheduler, update, '', persistentvolumeclaims, true",
    "controller, update, apps, statefulsets/status, true",
    "controller, delete, '', persistentvolumeclaims, true",
    "account, get, '', pods, false",
    "account, create, authentication.k8s.io, selfsubjectreviews, true",
    "anonymous, create, authentication.k8s.io, selfsubjectreviews, false",
    "impostor, list, '', secrets, false",
    "manager, list, '', secrets, true",
    "manager, delete, '', pods, false",
    "controller, list, '', secrets, false",
    "node, patch, '', pods/status, true",
    "node, get, '', configmaps, false",
    "node, list, '', services, true",
    "node, delete, apps, statefulsets, false",
    "impostor, list, '', services, false"
  })
  void identitiesMayDoWhatUpstreamLetsThem(
      String who, String verb, String group, String resource, boolean allowed) {
    assertThat(api.authorizer.allows(user(who), action(verb, group, resource, "default", "")))
        .isEqualTo(allowed);
  }

  private static User user(String who) {
    return switch (who) {
      case "admin" -> User.admin();
      case "scheduler" -> User.part("system:kube-scheduler");
      case "manager" -> User.part("system:kube-controller-manager");
      case "controller" -> User.controller("statefulset-controller");
      case "node" -> User.node("node-1");
      case "account" -> User.serviceAccount("default", "robot", "", Map.of());
      // the name of a node without its group
      case "impostor" -> User.part("system:node:node-1");
      default -> User.ANONYMOUS;
    };
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "GET, /api/v1/namespaces/default/configmaps?fieldSelector=metadata.name%3Dfoo, foo",
    "GET, /api/v1/namespaces/default/configmaps?watch=1&fieldSelector=metadata.name%3Dfoo, foo",
    "POST, /api/v1/namespaces/default/configmaps?fieldSelector=metadata.name%3Dfoo, ''",
    "DELETE, /api/v1/namespaces/default/configmaps?fieldSelector=metadata.name%3Dfoo, ''"
  })
  void onlyWhoReadsIsTakenAtTheWordOfHisSelector(String method, String uri, String name) {
    var query = Query.parse(uri.substring(uri.indexOf('?') + 1));
    var target = Target.parse(method, uri.substring(0, uri.indexOf('?')), query).orElseThrow();
    assertThat(Action.OnResource.of(target, query).name()).isEqualTo(name);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "GET, /api/v1/namespaces/web, web",
    "PATCH, /api/v1/namespaces/web, web",
    "PUT, /api/v1/namespaces/web/status, web",
    "GET, /api/v1/namespaces, ''",
    "POST, /api/v1/namespaces, ''",
    "GET, /apis/business.tkestack.io/v1/namespaces/web/namespaces/db, web"
  })
  void aNamespaceIsInItself(String method, String path, String namespace) {
    var target = Target.parse(method, path, Query.NONE).orElseThrow();
    assertThat(Action.OnResource.of(target, Query.NONE).namespace()).isEqualTo(namespace);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "anonymous, /healthz, true",
    "anonymous, /readyz/ping, false",
    "anonymous, /version, true",
    "anonymous, /api, false",
    "anonymous, /healthzz, false",
    "account, /apis/apps/v1, true",
    "account, /openapi/v3/apis/apps/v1, true",
    "account, /openid/v1/jwks, true",
    "scheduler, /openid/v1/jwks, false",
    "account, /metrics, false",
    "admin, /metrics, true"
  })
  void pathsAreOpenToSome(String who, String path, boolean allowed) {
    assertThat(api.authorizer.allows(user(who), new Action.OnPath("get", path))).isEqualTo(allowed);
  }

  @ParameterizedTest(name = "{0} lets {1} {3}.{2} {4}: {5}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'verbs':['get'],'apiGroups':[''],'resources':['pods'] | get | `` | pods | db | true",
        "'verbs':['get'],'apiGroups':[''],'resources':['pods'] | list | `` | pods | `` | false",
        "'verbs':['get'],'apiGroups':[''],'resources':['pods'] | get | `` | pods/log | db | false",
        "'verbs':['get'],'apiGroups':[''],'resources':['pods'] | get | apps | pods | db | false",
        "'verbs':['*'],'apiGroups':[''],'resources':['pods'] | evict | `` | pods | db | true",
        "'verbs':['get'],'apiGroups':['*'],'resources':['pods'] | get | apps | pods | db | true",
        "'verbs':['get'],'apiGroups':[''],'resources':['*'] | get | `` | pods/log | db | true",
        "'verbs':['create'],'apiGroups':[''],'resources':['pods/exec'] | create | `` | pods/exec"
            + " | db | true",
        "'verbs':['create'],'apiGroups':[''],'resources':['pods/exec'] | create | `` | pods | ``"
            + " | false",
        "'verbs':['update'],'apiGroups':['apps'],'resources':['*/scale'] | update | apps |"
            + " statefulsets/scale | db | true",
        "'verbs':['update'],'apiGroups':['apps'],'resources':['*/scale'] | update | apps |"
            + " statefulsets | db | false",
        "'verbs':['get'],'apiGroups':[''],'resources':['pods'],'resourceNames':['db'] | get | `` |"
            + " pods | db | true",
        "'verbs':['get'],'apiGroups':[''],'resources':['pods'],'resourceNames':['db'] | get | `` |"
            + " pods | web | false",
        "'verbs':['list'],'apiGroups':[''],'resources':['pods'],'resourceNames':['db'] | list | ``"
            + " | pods | `` | false"
      })
  void aRuleAllowsWhatItSays(
      String rule, String verb, String group, String resource, String name, boolean allowed) {
    post("namespaces/default/roles", "{'metadata':{'name':'some'},'rules':[{" + rule + "}]}");
    bind("namespaces/default/rolebindings", "Role", "some", "'kind':'User','name':'jane'");
    assertThat(api.authorizer.allows(JANE, action(verb, group, resource, "default", name)))
        .isEqualTo(allowed);
    assertThat(api.authorizer.allows(JANE, action(verb, group, resource, "kube-system", name)))
        .isFalse();
  }

  @ParameterizedTest(name = "{0} opens {1}: {2}")
  @CsvSource({
    "/metrics, /metrics, true",
    "/metrics, /metrics/slis, false",
    "/metrics/*, /metrics/slis, true",
    "/metrics/*, /metrics, false",
    "*, /anything, true"
  })
  void aRuleOpensPaths(String rule, String path, boolean allowed) {
    var rules = "'rules':[{'verbs':['get'],'nonResourceURLs':['" + rule + "']}]";
    post("clusterroles", "{'metadata':{'name':'paths'}," + rules + "}");
    bind("clusterrolebindings", "ClusterRole", "paths", "'kind':'Group','name':'devs'");
    assertThat(api.authorizer.allows(JANE, new Action.OnPath("get", path))).isEqualTo(allowed);
    assertThat(api.authorizer.allows(JANE, new Action.OnPath("post", path))).isFalse();
  }

  @Test
  void rightsFollowBindingsAndRoles() {
    var list = action("list", "", "pods", "default", "");
    var pods = "'rules':[{'verbs':['%s'],'apiGroups':[''],'resources':['pods']}]";
    post("clusterroles", "{'metadata':{'name':'r'}," + pods.formatted("get") + "}");
    bind("namespaces/default/rolebindings", "ClusterRole", "r", "'kind':'Group','name':'devs'");
    assertThat(api.authorizer.allows(JANE, list)).isFalse();
    api.merge(ROLES + "clusterroles/r", "{" + pods.formatted("list") + "}");
    assertThat(api.authorizer.allows(JANE, list)).isTrue();
    api.delete(ROLES + "namespaces/default/rolebindings/r");
    assertThat(api.authorizer.allows(JANE, list)).isFalse();
  }

  @Test
  void anAccountIsNamedByItsNamespace() {
    bind(
        "namespaces/default/rolebindings",
        "ClusterRole",
        "system:aggregate-to-view",
        "'kind':'ServiceAccount','name':'robot','namespace':'kube-system'");
    var get = action("get", "", "pods", "default", "db");
    var robot = User.serviceAccount("kube-system", "robot", "", Map.of());
    assertThat(api.authorizer.decide(robot, get).reason())
        .isEqualTo(
            "RBAC: allowed by RoleBinding \"system:aggregate-to-view/default\" of ClusterRole"
                + " \"system:aggregate-to-view\" to ServiceAccount \"robot/kube-system\"");
    assertThat(api.authorizer.allows(user("account"), get)).isFalse();
  }

  @Test
  void aRefusalSaysWhoMayNotDoWhat() {
    var robot = user("account");
    assertThatThrownBy(
            () -> api.authorizer.check(robot, action("get", "", "pods/log", "web", "w-0")))
        .hasMessage(
            "pods \"w-0\" is forbidden: User \"system:serviceaccount:default:robot\" cannot get"
                + " resource \"pods/log\" in API group \"\" in the namespace \"web\"");
    assertThatThrownBy(
            () -> api.authorizer.check(robot, action("list", "apps", "statefulsets", "", "")))
        .hasMessage(
            "statefulsets.apps is forbidden: User \"system:serviceaccount:default:robot\" cannot"
                + " list resource \"statefulsets\" in API group \"apps\" at the cluster scope");
  }

  @Test
  void aRefusalNamesTheRoleThatIsMissing() {
    bind("namespaces/default/rolebindings", "Role", "gone", "'kind':'User','name':'jane'");
    assertThatThrownBy(() -> api.authorizer.check(JANE, action("list", "", "pods", "default", "")))
        .hasMessage(
            "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" in"
                + " the namespace \"default\": RBAC: role.rbac.authorization.k8s.io \"gone\" not"
                + " found");
  }

  private void post(String where, String json) {
    api.post(ROLES + where, json);
  }

  private void bind(String where, String kind, String role, String subject) {
    post(
        where,
        "{'metadata':{'name':'%s'},'roleRef':{'kind':'%s','name':'%s'},'subjects':[{%s}]}"
            .formatted(role, kind, role, subject));
  }

  private static Action action(
      String verb, String group, String resource, String namespace, String name) {
    var slash = resource.indexOf('/');
    var plural = slash < 0 ? resource : resource.substring(0, slash);
    var sub = slash < 0 ? "" : resource.substring(slash + 1);
    return new Action.OnResource(verb, group, plural, sub, namespace, name);
  }
}
