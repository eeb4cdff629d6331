package io.ordinal.server.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.schema.Schemas;
import io.ordinal.server.User;
import io.ordinal.server.builtin.BuiltIn;
import io.ordinal.server.registry.Api;
import io.ordinal.server.registry.Surroundings;
import io.ordinal.store.MemoryStore;
import io.ordinal.store.Range;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static final String GROUP = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String SCHEDULER = GROUP + "clusterroles/system:kube-scheduler";
  private static final String BINDING = GROUP + "clusterrolebindings/system:kube-scheduler";
  private static final User SCHEDULER_USER = User.part("system:kube-scheduler");

  private final MemoryStore store = MemoryStore.create();

  @Test
  void aNewStoreGetsTheRolesOfUpstream() {
    try (var api = new Api(store, 1)) {
      assertThat(api.names(GROUP + "clusterroles"))
          .contains("cluster-admin", "admin", "edit", "view", "system:node", "system:discovery")
          .contains("system:controller:statefulset-controller");
      var admins = api.get(GROUP + "clusterrolebindings/cluster-admin");
      assertThat(admins.path("subjects").toString())
          .isEqualTo(
              "[{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Group\","
                  + "\"name\":\"system:masters\"}]");
      assertThat(admins.path("metadata").path("labels").toString())
          .isEqualTo("{\"kubernetes.io/bootstrapping\":\"rbac-defaults\"}");
      assertThat(admins.path("metadata").path("annotations").toString())
          .isEqualTo("{\"rbac.authorization.kubernetes.io/autoupdate\":\"true\"}");
      assertThat(api.names(GROUP + "namespaces/kube-system/roles"))
          .contains("extension-apiserver-authentication-reader");
    }
  }

  @Test
  void anotherStartWritesNothing() {
    try (var first = new Api(store, 1)) {
      var revision = store.revision();
      try (var _ = new Api(store, 2)) {
        assertThat(store.revision()).isEqualTo(revision);
      }
      assertThat(first.names(GROUP + "clusterroles")).isNotEmpty();
    }
  }

  @Test
  void whatWasTakenAwayComesBackAndWhatWasAddedStays() {
    try (var api = new Api(store, 1)) {
      api.merge(
          SCHEDULER,
          "{'rules':[{'verbs':['get'],'apiGroups':['acme.com'],'resources':['rockets']}]}");
      api.delete(GROUP + "clusterroles/view");
      assertThat(mayList(api, "nodes")).isFalse();
      try (var again = new Api(store, 2)) {
        assertThat(mayList(again, "nodes")).isTrue();
        assertThat(again.get(SCHEDULER).path("rules").toString()).contains("rockets");
        assertThat(again.names(GROUP + "clusterroles")).contains("view");
      }
    }
  }

  @Test
  void whoeverTurnsUpdatesOffIsLeftAlone() {
    try (var api = new Api(store, 1)) {
      api.merge(
          SCHEDULER,
          "{'metadata':{'annotations':{'rbac.authorization.kubernetes.io/autoupdate':'false'}},"
              + "'rules':[]}");
      try (var again = new Api(store, 2)) {
        assertThat(again.get(SCHEDULER).path("rules").isEmpty()).isTrue();
        assertThat(mayList(again, "nodes")).isFalse();
      }
    }
  }

  @Test
  void aBindingThatLeadsElsewhereIsMadeAnew() {
    try (var api = new Api(store, 1)) {
      api.delete(BINDING);
      api.post(
          GROUP + "clusterrolebindings",
          "{'metadata':{'name':'system:kube-scheduler'},"
              + "'roleRef':{'kind':'ClusterRole','name':'cluster-admin'}}");
      try (var again = new Api(store, 2)) {
        assertThat(Api.at(again.get(BINDING), "roleRef.name")).isEqualTo("system:kube-scheduler");
        assertThat(mayList(again, "nodes")).isTrue();
        assertThat(mayList(again, "secrets")).isFalse();
      }
    }
  }

  /// The parts ask before the first task of a new server has run.
  @Test
  void rightsHoldBeforeTheObjectsAreStored() {
    var surroundings = new Surroundings(() -> Instant.EPOCH, new Random(1), _ -> {});
    var builtIn = BuiltIn.on(store, Schemas.load(), "10.96.0.0/24", surroundings);
    var list = new Action.OnResource("list", "", "nodes", "", "", "");
    assertThat(builtIn.authorizer().allows(SCHEDULER_USER, list)).isTrue();
    var stored = store.range(Range.all("/rbac.authorization.k8s.io/")).entries();
    assertThat(stored).isEmpty();
  }

  @Test
  void theFileIsReadAsItsHeadSays() {
    var roles =
        BootstrapPolicy.parse(
            """
            # said
            role a/b to user:x as c
              read core,apps pods,pods/log name
            controller some
              get path /a,/b/*
            """);
    assertThat(roles)
        .containsExactly(
            new BootstrapRole(
                new RoleKey("a", "b"),
                "",
                "",
                "c",
                List.of("user:x"),
                List.of(
                    new PolicyRule(
                        List.of("get", "list", "watch"),
                        List.of("", "apps"),
                        List.of("pods", "pods/log"),
                        List.of("name"),
                        List.of()))),
            new BootstrapRole(
                new RoleKey("", "system:controller:some"),
                "",
                "",
                "system:controller:some",
                List.of("account:kube-system/some"),
                List.of(
                    new PolicyRule(
                        List.of("get"), List.of(), List.of(), List.of(), List.of("/a", "/b/*")))));
  }

  private static boolean mayList(Api api, String resource) {
    return api.authorizer.allows(
        SCHEDULER_USER, new Action.OnResource("list", "", resource, "", "", ""));
  }
}
