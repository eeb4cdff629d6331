package io.ordinal.cluster.console;

import static io.ordinal.cluster.console.Browser.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Bindings of businesses, and what becomes of them in clusters. Each test has users of its own.
@Timeout(60)
class MembersTest {

  private static final String PODS = "/clusters/global/api/v1/namespaces/%s/pods";
  private static final String MEMBER = "project-member";
  private static final String OWNER = "project-owner";

  @TempDir static Path folder;
  private static World world;
  private static Neighbours neighbours;
  private static Browser admin;

  @BeforeAll
  static void start() throws Exception {
    world = new World(folder).withUsers();
    neighbours = new Neighbours(world);
    admin = world.admin();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static boolean may(Browser who, String path) throws Exception {
    return who.get(path).statusCode() == 200;
  }

  private static String binding(String project, String name) {
    return "/clusters/global" + Neighbours.BINDINGS.formatted(project) + "/" + name;
  }

  private static JsonNode business(Browser who, String name) throws Exception {
    for (var each : json(who.get("/portal")).path("businesses")) {
      if (each.path("name").asString().equals(name)) return each;
    }
    return JsonMapper.shared().createObjectNode();
  }

  @Test
  void aBindingGivesItsRoleAndTakesItAway() throws Exception {
    var ann = world.user("ann");
    var pods = PODS.formatted("a-web");
    assertThat(may(ann, pods)).isFalse();
    neighbours.bind("prj-a", "anns", MEMBER, List.of("ann"), List.of());
    world.await(() -> may(ann, pods));
    world.await(() -> neighbours.status("prj-a", "anns", "phase").equals("Active"));
    assertThat(may(ann, pods + "/web")).isTrue();
    assertThat(may(ann, PODS.formatted("b-web"))).isFalse();
    var watch = ann.open(pods + "?watch=true");
    assertThat(watch.statusCode()).isEqualTo(200);
    assertThat(admin.send("DELETE", binding("prj-a", "anns"), "").statusCode()).isEqualTo(200);
    GatewayTest.readToEnd(watch.body());
    world.await(() -> !may(ann, pods));
    world.await(() -> json(ann.get("/portal")).path("businesses").isEmpty());
  }

  @Test
  void aGroupIsAMemberAndTheHighestRoleIsShown() throws Exception {
    var gil = world.user("gil", "a-team");
    neighbours.bind("prj-a", "team", "project-viewer", List.of(), List.of("a-team"));
    world.await(() -> may(gil, PODS.formatted("a-web")));
    assertThat(business(gil, "prj-a").path("role").asString()).isEqualTo("viewer");
    neighbours.bind("prj-a", "gils", OWNER, List.of("gil"), List.of());
    world.await(() -> business(gil, "prj-a").path("role").asString().equals("admin"));
    var portal = json(gil.get("/portal"));
    assertThat(portal.path("businesses").size()).isEqualTo(1);
    assertThat(business(gil, "prj-a").path("displayName").asString()).isEqualTo("Business a");
    assertThat(business(gil, "prj-a").at("/namespaces/0").toString())
        .isEqualTo(
            "{\"name\":\"global-a-web\",\"namespace\":\"a-web\",\"cluster\":\"global\",\"phase\":\"Available\"}");
    assertThat(portal.path("clusters").size()).isEqualTo(1);
    assertThat(portal.at("/clusters/0/id").asString()).isEqualTo("global");
    var nobody = json(world.bob().get("/portal"));
    assertThat(nobody.path("businesses")).isEmpty();
    assertThat(nobody.path("clusters")).isEmpty();
  }

  @Test
  void whatIsTakenAwayByHandComesBackAndWhatOthersMadeStays() throws Exception {
    var ken = world.user("ken");
    var others =
        new RoleBindingBuilder()
            .withNewMetadata()
            .withNamespace("a-web")
            .withName("others")
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "view")
            .withSubjects(new Subject("rbac.authorization.k8s.io", "User", "somebody", null))
            .build();
    world.kube.resource(others).create();
    neighbours.bind("prj-a", "kens", MEMBER, List.of("ken"), List.of());
    world.await(() -> may(ken, PODS.formatted("a-web")));
    var ours = world.kube.rbac().roleBindings().inNamespace("a-web");
    comesBack(ours.withName("business:project-member"));
    world.await(() -> may(ken, PODS.formatted("a-web")));
    admin.send("DELETE", binding("prj-a", "kens"), "");
    world.await(() -> !may(ken, PODS.formatted("a-web")));
    assertThat(ours.withName("others").get()).isNotNull();
  }

  /// Somebody deletes it, and another one is made.
  private static void comesBack(Resource<? extends HasMetadata> object) throws Exception {
    var before = object.get().getMetadata().getUid();
    object.delete();
    world.await(() -> {
      var now = object.get();
      return now != null && !now.getMetadata().getUid().equals(before);
    });
  }

  @Test
  void soDoesWhatBelongsToNoNamespace() throws Exception {
    var kim = world.user("kim");
    neighbours.bind("prj-a", "kims", MEMBER, List.of("kim"), List.of());
    var classes = "/clusters/global/apis/storage.k8s.io/v1/storageclasses";
    world.await(() -> may(kim, classes) && may(kim, PODS.formatted("a-web")));
    var role = world.kube.rbac().clusterRoles().withName("business:project-member");
    var rules = role.get().getRules();
    assertThat(rules).isNotEmpty();
    comesBack(role);
    role.edit(each -> each.edit().withRules(List.of()).build());
    world.await(() -> role.get().getRules().equals(rules));
    comesBack(world.kube.rbac().clusterRoleBindings().withName("business:cluster-reader:global"));
    world.await(() -> may(kim, classes));
  }

  @Test
  void aPolicyOfAdministratorsIsOneMoreRole() throws Exception {
    var cal = world.user("cal");
    policy("configs", "configmaps", "get", "list");
    neighbours.bind("prj-a", "cals", "configs", List.of("cal"), List.of());
    var configs = "/clusters/global/api/v1/namespaces/a-web/configmaps";
    world.await(() -> may(cal, configs));
    assertThat(may(cal, PODS.formatted("a-web"))).isFalse();
    assertThat(business(cal, "prj-a").path("role").asString()).isEqualTo("custom");
    world.kube.rbac().clusterRoles().withName("configs").delete();
    world.await(() -> !may(cal, configs));
    world.await(() -> neighbours.status("prj-a", "cals", "reason").equals("PolicyNotFound"));
    policy("wide", "*", "*");
    neighbours.bind("prj-a", "wides", "wide", List.of("cal"), List.of());
    world.await(() -> neighbours.status("prj-a", "wides", "reason").equals("PolicyTooWide"));
    assertThat(may(cal, configs)).isFalse();
  }

  /// The differences are those that the roles' own comment gives reasons for.
  @Test
  void theRolesAreUpstreamsButForWhatIsSaid() throws Exception {
    var una = world.user("vic");
    neighbours.bind("prj-b", "vics", MEMBER, List.of("vic"), List.of());
    world.await(() -> may(una, PODS.formatted("b-web")));
    var view = allowed("system:aggregate-to-view");
    var edit = new TreeSet<>(allowed("system:aggregate-to-edit"));
    edit.addAll(view);
    assertThat(less(allowed("business:project-viewer"), view))
        .containsExactly("get metrics.k8s.io/pods", "list metrics.k8s.io/pods");
    assertThat(less(view, allowed("business:project-viewer"))).isEmpty();
    var member = allowed("business:project-member");
    assertThat(less(member, edit))
        .containsExactly("get metrics.k8s.io/pods", "list metrics.k8s.io/pods");
    assertThat(less(edit, member))
        .contains("create /serviceaccounts/token", "impersonate /serviceaccounts")
        .allMatch(each ->
            each.matches(
                ".* (/pods/proxy|/services/proxy|/serviceaccounts/token|apps/deployments/rollback)"
                    + "|impersonate /serviceaccounts"));
    assertThat(allowed("business:project-owner")).isEqualTo(member);
  }

  private static Set<String> less(Set<String> some, Set<String> others) {
    var less = new TreeSet<>(some);
    less.removeAll(others);
    return less;
  }

  /// As `verb group/resource`, without the group `extensions`.
  private static Set<String> allowed(String role) {
    var all = new TreeSet<String>();
    for (var rule : world.kube.rbac().clusterRoles().withName(role).get().getRules()) {
      for (var verb : rule.getVerbs()) {
        for (var group : rule.getApiGroups()) {
          rule.getResources().forEach(each -> all.add(verb + " " + group + "/" + each));
        }
      }
    }
    all.removeIf(each -> each.contains(" extensions/"));
    return all;
  }

  private static void policy(String name, String resource, String... verbs) {
    world
        .kube
        .resource(
            new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("business.tkestack.io/policy", "true")
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources(resource)
                .withVerbs(verbs)
                .endRule()
                .build())
        .create();
  }

  @Test
  void theLastOwnerComesBackUnlessAnAdministratorSaysOtherwise() throws Exception {
    var owen = world.user("owen");
    neighbours.bind("prj-b", "owens", OWNER, List.of("owen"), List.of());
    world.await(() -> may(owen, binding("prj-b", "owens")));
    assertThat(owen.send("DELETE", binding("prj-b", "owens"), "").statusCode()).isEqualTo(200);
    var bindings = "/clusters/global" + Neighbours.BINDINGS.formatted("prj-b");
    world.await(() -> json(admin.get(bindings)).path("items").toString().contains("\"owen\""));
    world.await(() -> business(owen, "prj-b").path("role").asString().equals("admin"));
    var said = "{\"metadata\":{\"annotations\":{\"business.tkestack.io/without-owner\":\"true\"}}}";
    var project = "/clusters/global" + Neighbours.BUSINESSES + "/projects/prj-b";
    assertThat(owen.patch(project, said).statusCode()).isEqualTo(403);
    assertThat(admin.patch(project, said).statusCode()).isEqualTo(200);
    for (var each : json(admin.get(bindings)).path("items")) {
      admin.send("DELETE", binding("prj-b", each.at("/metadata/name").asString()), "");
    }
    world.await(() -> business(owen, "prj-b").isEmpty());
    world.await(() -> !may(owen, bindings));
  }

  @Test
  void aClusterThatIsSilentKeepsNobodyWaiting() throws Exception {
    var sid = world.user("sid");
    var dead = addAndStop();
    neighbours.grant("prj-b", dead, "far");
    neighbours.bind("prj-b", "sids", MEMBER, List.of("sid"), List.of());
    world.await(() -> may(sid, PODS.formatted("b-web")));
    world.await(() -> neighbours.status("prj-b", "sids", "reason").equals("NotEverywhere"));
    world.await(() ->
        neighbours.status("prj-b", "sids", "message").contains("namespace far of cluster " + dead));
    var portal = json(sid.get("/portal"));
    assertThat(portal.path("clusters").size()).isEqualTo(2);
    assertThat(admin.send("DELETE", "/clusters/" + dead, "").statusCode()).isEqualTo(204);
    world.await(() -> neighbours.status("prj-b", "sids", "phase").equals("Active"));
  }

  /// A cluster that answers what it is asked when it is added, and nothing after that.
  private static String addAndStop() throws Exception {
    var yes =
        "{\"gitVersion\":\"v1.0.0\",\"status\":{\"allowed\":true,\"userInfo\":{\"username\":\"ordinal:somebody\"}}}"
            .getBytes(StandardCharsets.UTF_8);
    try (var cluster =
        new PlayedCluster(
            world.serverTls(),
            exchange -> {
              exchange.sendResponseHeaders(200, yes.length);
              exchange.getResponseBody().write(yes);
              exchange.close();
            })) {
      return world.addCluster(admin, "silent", cluster.address());
    }
  }

  /// The hub's own API server by another name.
  private static String addSecond() throws Exception {
    return world.addCluster(admin, "second", world.apiAddress);
  }

  /// A key file that is not the one that its kubeconfig was encrypted with.
  private static void spoilCredentials(String cluster) {
    world
        .kube
        .secrets()
        .inNamespace("ordinal-system")
        .withName("cluster." + cluster)
        .edit(secret -> secret.edit().addToData("kubeconfig", "c3BvaWxlZA==").build());
  }

  @Test
  void aClusterWhoseCredentialsCannotBeOpenedConcernsItselfAlone() throws Exception {
    var ben = world.user("ben");
    var spoiled = addSecond();
    spoilCredentials(spoiled);
    world.await(() -> admin.get("/clusters/" + spoiled + "/api/v1/pods").statusCode() == 503);
    neighbours.grant("prj-a", spoiled, "spoiled");
    neighbours.bind("prj-a", "bens", MEMBER, List.of("ben"), List.of());
    world.await(() -> may(ben, PODS.formatted("a-web")));
    world.await(() -> neighbours.status("prj-a", "bens", "message").contains("another key file"));
    assertThat(neighbours.status("prj-a", "bens", "message")).contains(spoiled);
    assertThat(admin.send("DELETE", "/clusters/" + spoiled, "").statusCode()).isEqualTo(204);
    world.await(() -> neighbours.status("prj-a", "bens", "phase").equals("Active"));
  }

  @Test
  void whatIsWrongWithAWholeClusterIsTold() throws Exception {
    var id = addSecond();
    var readers =
        new ClusterRoleBindingBuilder()
            .withNewMetadata()
            .withName("business:cluster-reader:" + id)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "view")
            .build();
    world.kube.resource(readers).create();
    neighbours.grant("prj-a", id, "wide");
    neighbours.bind("prj-a", "wims", MEMBER, List.of("wim"), List.of());
    world.await(() ->
        neighbours
            .status("prj-a", "wims", "message")
            .startsWith("not in force in cluster " + id + " yet: somebody else has made"));
    world.kube.resource(readers).delete();
    world.await(() -> neighbours.status("prj-a", "wims", "phase").equals("Active"));
    admin.send("DELETE", "/clusters/" + id, "");
  }

  @Test
  void anotherClusterGivesTheSameRights() throws Exception {
    var una = world.user("una");
    var id = addSecond();
    neighbours.grant("prj-b", id, "there");
    neighbours.bind("prj-b", "unas", MEMBER, List.of("una"), List.of());
    world.await(() -> may(una, "/clusters/" + id + "/api/v1/namespaces/there/configmaps"));
    var classes = "/clusters/" + id + "/apis/storage.k8s.io/v1/storageclasses";
    world.await(() -> may(una, classes));
    admin.send("DELETE", binding("prj-b", "unas"), "");
    world.await(() -> !may(una, "/clusters/" + id + "/api/v1/namespaces/there/configmaps"));
    world.await(() -> !may(una, classes));
    admin.send("DELETE", "/clusters/" + id, "");
  }

  @Test
  void aUserWhoIsDeletedIsNoMemberWhenHisNameComesAgain() throws Exception {
    var ike = world.user("ike");
    neighbours.bind("prj-a", "ikes", MEMBER, List.of("ike", "zoe"), List.of());
    world.await(() -> may(ike, PODS.formatted("a-web")));
    assertThat(admin.send("DELETE", "/users/ike", "").statusCode()).isEqualTo(204);
    var again = world.user("ike");
    world.await(() -> !may(again, PODS.formatted("a-web")));
    assertThat(json(admin.get(binding("prj-a", "ikes"))).at("/spec/users").toString())
        .isEqualTo("[\"zoe\"]");
  }

  @Test
  void namesOfTheClustersAreIgnored() throws Exception {
    var nia = world.user("nia");
    neighbours.bind(
        "prj-a",
        "nias",
        MEMBER,
        List.of("nia", "system:anonymous"),
        List.of("system:authenticated"));
    world.await(() -> may(nia, PODS.formatted("a-web")));
    world.await(() -> neighbours.status("prj-a", "nias", "reason").equals("MemberIgnored"));
    assertThat(may(world.bob(), PODS.formatted("a-web"))).isFalse();
  }

  @Test
  void aNamespaceOfAnotherBusinessIsNotGiven() throws Exception {
    var tom = world.user("tom");
    neighbours.namespace("taken", Map.of("tkestack.io/projectName", "prj-b"));
    neighbours.namespace("plain", Map.of());
    neighbours.grant("prj-a", "global", "taken");
    neighbours.grant("prj-a", "global", "plain");
    neighbours.grant("prj-a", "global", "zz");
    neighbours.bind("prj-a", "toms", MEMBER, List.of("tom"), List.of());
    world.await(() -> neighbours.status("prj-a", "toms", "phase").equals("Active"));
    // The last of all that is looked at.
    world.await(() -> may(tom, PODS.formatted("zz")));
    assertThat(may(tom, PODS.formatted("taken"))).isFalse();
    assertThat(may(tom, PODS.formatted("plain"))).isFalse();
  }
}
