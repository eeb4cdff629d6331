package io.ordinal.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.server.ApiException;
import io.ordinal.server.ApiRequest;
import io.ordinal.server.ApiResponse;
import io.ordinal.server.Headers;
import io.ordinal.server.Query;
import io.ordinal.server.TestServer;
import io.ordinal.server.User;
import io.ordinal.server.registry.Api;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpersonationTest {
  private static final User NOBODY = User.serviceAccount("default", "robot", "", Map.of());

  private final Api api = new Api();
  private final Impersonation impersonation = new Impersonation(api.authorizer);

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void whoNamesNobodyActsAsItself() {
    var user = impersonation.actingFor(NOBODY, Headers.of("Accept", "application/json"));
    assertThat(user).isSameAs(NOBODY);
  }

  @ParameterizedTest(name = "{0} with groups [{1}] is in [{2}]")
  @CsvSource({
    "jane, '', system:authenticated",
    "jane, devs, devs system:authenticated",
    "jane, devs ops, devs ops system:authenticated",
    "jane, system:unauthenticated, system:unauthenticated",
    "system:anonymous, '', system:unauthenticated",
    "system:anonymous, devs, devs system:unauthenticated",
    "system:serviceaccount:web:robot, '',"
        + " system:serviceaccounts system:serviceaccounts:web system:authenticated",
    "system:serviceaccount:web:robot, devs, devs system:authenticated",
    "system:serviceaccount:robot, '', system:authenticated"
  })
  void theGroupsAreThoseThatUpstreamGives(String name, String asked, String given) {
    var headers = Headers.of("Impersonate-User", name);
    for (var group : words(asked)) headers = headers.with("Impersonate-Group", group);
    var user = impersonation.actingFor(User.admin(), headers);
    assertThat(user.name()).isEqualTo(name);
    assertThat(user.groups()).containsExactlyInAnyOrderElementsOf(words(given));
  }

  @Test
  void uidAndExtraAreTakenOver() {
    var headers =
        Headers.of(
            "impersonate-user", "jane",
            "Impersonate-Uid", "1234",
            "Impersonate-Extra-Scopes", "view",
            "Impersonate-Extra-scopes", "develop",
            "Impersonate-Extra-Acme.com%2fproject", "some");
    var user = impersonation.actingFor(User.admin(), headers);
    assertThat(user.uid()).isEqualTo("1234");
    assertThat(user.extra())
        .isEqualTo(
            Map.of("scopes", List.of("view", "develop"), "acme.com/project", List.of("some")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Impersonate-User | jane | users \"jane\" is forbidden: User \"%s\" cannot impersonate"
            + " resource \"users\" in API group \"\" at the cluster scope",
        "Impersonate-User | system:serviceaccount:web:db | serviceaccounts \"db\" is forbidden:"
            + " User \"%s\" cannot impersonate resource \"serviceaccounts\" in API group \"\" in"
            + " the namespace \"web\""
      })
  void whoMayNotIsTold(String header, String value, String message) {
    assertThatThrownBy(() -> impersonation.actingFor(NOBODY, Headers.of(header, value)))
        .hasMessage(message.formatted(NOBODY.name()));
  }

  @Test
  void aRoleMayLetSomebodyActAsSome() {
    var roles = "/apis/rbac.authorization.k8s.io/v1/";
    api.post(
        roles + "clusterroles",
        "{'metadata':{'name':'i'},'rules':[{'verbs':['impersonate'],'apiGroups':[''],"
            + "'resources':['users','groups'],'resourceNames':['jane','devs']},"
            + "{'verbs':['impersonate'],'apiGroups':['authentication.k8s.io'],"
            + "'resources':['userextras/scopes']}]}");
    api.post(
        roles + "clusterrolebindings",
        "{'metadata':{'name':'i'},'roleRef':{'kind':'ClusterRole','name':'i'},'subjects':"
            + "[{'kind':'ServiceAccount','name':'robot','namespace':'default'}]}");
    var jane = Headers.of("Impersonate-User", "jane", "Impersonate-Group", "devs");
    var scoped = jane.with("Impersonate-Extra-Scopes", "view");
    assertThat(impersonation.actingFor(NOBODY, scoped).name()).isEqualTo("jane");
    assertThatThrownBy(
            () -> impersonation.actingFor(NOBODY, jane.with("Impersonate-Group", "system:masters")))
        .hasMessageContaining("cannot impersonate resource \"groups\"");
    assertThatThrownBy(() -> impersonation.actingFor(NOBODY, jane.with("Impersonate-Uid", "7")))
        .hasMessageContaining(
            "uids.authentication.k8s.io \"7\" is forbidden",
            "cannot impersonate resource \"uids\"");
  }

  @Test
  void moreAboutAUserWhoIsNotNamedIsAnError() {
    var headers = Headers.of("Impersonate-Group", "devs");
    assertThatThrownBy(() -> impersonation.actingFor(User.admin(), headers))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.status().code()).isEqualTo(500))
        .hasMessageContaining("without impersonating a user");
  }

  @Test
  void theWholeRequestIsTheOthers() {
    try (var server = new TestServer()) {
      var jane = Headers.of("Impersonate-User", "jane");
      var list = answer(server, "GET", "/api/v1/namespaces/web/pods", jane, "");
      assertThat(list.status()).isEqualTo(403);
      assertThat(text(list)).contains("User \\\"jane\\\" cannot list resource \\\"pods\\\"");
      var who =
          answer(
              server,
              "POST",
              "/apis/authentication.k8s.io/v1/selfsubjectreviews",
              jane.with("Impersonate-Group", "devs"),
              "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}");
      assertThat(text(who))
          .contains("\"username\":\"jane\"", "[\"devs\",\"system:authenticated\"]");
    }
  }

  private static ApiResponse.Whole answer(
      TestServer server, String method, String path, Headers headers, String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var request = new ApiRequest(method, path, Query.NONE, headers, User.admin(), bytes);
    return (ApiResponse.Whole) server.api.handle(request);
  }

  private static String text(ApiResponse.Whole answer) {
    return new String(answer.bytes(), StandardCharsets.UTF_8);
  }

  private static Set<String> words(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
  }
}
