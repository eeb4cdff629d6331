package io.ordinal.cluster.console;

import static io.ordinal.cluster.console.Browser.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.ordinal.cluster.pki.Identity;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What members of one business try on another one, and on what is above their own. The rows are
/// counted in docs/security.md; what is refused here is allowed to whom it belongs, or else a
/// refusal would prove nothing.
@Timeout(120)
class StrangersTest {

  private static final String HUB = "/clusters/global";
  private static final String CORE = HUB + "/api/v1";
  private static final String OTHER = CORE + "/namespaces/b-web";
  private static final String OWN = CORE + "/namespaces/a-web";
  private static final String APPS = HUB + "/apis/apps/v1";
  private static final String BUSINESS = HUB + Neighbours.BUSINESSES;
  private static final String RBAC = HUB + "/apis/rbac.authorization.k8s.io/v1";

  @TempDir static Path folder;
  private static World world;
  private static Neighbours neighbours;
  private static Browser owner;
  private static Browser member;
  private static Browser viewer;
  private static Browser other;
  private static List<String> bearer = List.of();

  @BeforeAll
  static void start() throws Exception {
    world = new World(folder).withUsers();
    neighbours = new Neighbours(world);
    owner = world.user("amy");
    member = world.user("ann");
    viewer = world.user("abe");
    other = world.user("bea");
    neighbours.bind("prj-a", "owners", "project-owner", List.of("amy"), List.of());
    neighbours.bind("prj-a", "members", "project-member", List.of("ann"), List.of());
    neighbours.bind("prj-a", "viewers", "project-viewer", List.of("abe"), List.of());
    neighbours.bind("prj-b", "owners", "project-owner", List.of("bea"), List.of());
    world.await(() -> owner.get(OWN + "/secrets").statusCode() == 200);
    world.await(() -> member.get(OWN + "/secrets").statusCode() == 200);
    world.await(() -> viewer.get(OWN + "/pods").statusCode() == 200);
    world.await(() -> other.get(OTHER + "/secrets").statusCode() == 200);
    for (var who : List.of(owner, member, viewer)) {
      world.await(() -> who.get(BUSINESS + "/namespaces/prj-a/namespaces").statusCode() == 200);
      world.await(() -> who.get(BUSINESS + "/projects/prj-a").statusCode() == 200);
    }
    var config = Config.fromKubeconfig(member.get("/kubeconfig?namespace=a-web").body());
    bearer = List.of("Authorization", "Bearer " + config.getAutoOAuthToken());
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  /// A try.
  ///
  /// @param body "" for none
  record Try(String method, String path, String body) {
    @Override
    public String toString() {
      return method + " " + path.substring(HUB.length());
    }
  }

  private static Try get(String path) {
    return new Try("GET", path, "");
  }

  private static Try post(String path) {
    return new Try("POST", path, "{\"metadata\":{\"name\":\"x\"}}");
  }

  private static Try patch(String path, String body) {
    return new Try("PATCH", path, body);
  }

  private static Try delete(String path) {
    return new Try("DELETE", path, "");
  }

  private static HttpResponse<String> send(Browser who, Try tried) throws Exception {
    return tried.method().equals("PATCH")
        ? who.patch(tried.path(), tried.body())
        : who.send(tried.method(), tried.path(), tried.body());
  }

  private static void assertForbidden(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(answer.body()).contains("\"reason\":\"Forbidden\"");
  }

  /// All that reads and writes in the namespace of the other business.
  static Stream<Try> inTheOther() {
    var reads =
        Stream.of(
                "/pods",
                "/pods/web",
                "/pods?watch=true",
                "/pods/web/log",
                "/pods/web/log?follow=true",
                "/pods/web/status",
                "/pods/web/exec?command=sh&stdout=true",
                "/pods/web/attach?stdout=true",
                "/pods/web/portforward?ports=80",
                "/secrets",
                "/secrets/x",
                "/secrets?watch=true",
                "/configmaps",
                "/configmaps?watch=true",
                "/services",
                "/endpoints",
                "/events",
                "/events?watch=true",
                "/persistentvolumeclaims",
                "/serviceaccounts",
                "/serviceaccounts/default",
                "/resourcequotas",
                "/limitranges",
                "")
            .map(path -> get(OTHER + path));
    var apps =
        Stream.of(
                "statefulsets",
                "statefulsets?watch=true",
                "statefulsets/x/scale",
                "deployments",
                "controllerrevisions")
            .map(path -> get(APPS + "/namespaces/b-web/" + path));
    return Stream.of(reads, apps, writesInTheOther()).flatMap(each -> each);
  }

  private static Stream<Try> writesInTheOther() {
    var sets = APPS + "/namespaces/b-web/statefulsets";
    return Stream.of(
        post(OTHER + "/pods"),
        post(OTHER + "/secrets"),
        post(OTHER + "/configmaps"),
        post(OTHER + "/services"),
        post(OTHER + "/persistentvolumeclaims"),
        post(OTHER + "/serviceaccounts"),
        post(OTHER + "/serviceaccounts/default/token"),
        post(OTHER + "/events"),
        post(OTHER + "/pods/web/eviction"),
        post(OTHER + "/pods/web/binding"),
        post(OTHER + "/pods/web/exec?command=sh&stdout=true"),
        post(OTHER + "/pods/web/portforward"),
        post(sets),
        post(RBAC + "/namespaces/b-web/roles"),
        post(RBAC + "/namespaces/b-web/rolebindings"),
        patch(OTHER + "/pods/web", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"),
        patch(OTHER + "/pods/web/status", "{}"),
        patch(OTHER + "/pods/web/ephemeralcontainers", "{}"),
        patch(sets + "/x", "{\"spec\":{\"replicas\":0}}"),
        patch(sets + "/x/scale", "{\"spec\":{\"replicas\":0}}"),
        delete(OTHER + "/pods/web"),
        delete(OTHER + "/pods"),
        delete(OTHER + "/secrets"),
        delete(sets + "/x"),
        delete(OTHER));
  }

  /// All that shows everybody's things, and the other business itself.
  static Stream<Try> aboveAll() {
    var bindings = HUB + Neighbours.BINDINGS.formatted("prj-b");
    var namespaces = BUSINESS + "/namespaces/prj-b/namespaces";
    var cluster =
        Stream.of(
                "pods",
                "pods?watch=true",
                "secrets",
                "configmaps",
                "events",
                "namespaces",
                "namespaces?watch=true",
                "nodes",
                "persistentvolumes",
                "namespaces/prj-b",
                "namespaces/ordinal-system/secrets",
                "namespaces/kube-system/secrets",
                "namespaces/default/pods")
            .map(path -> get(CORE + "/" + path));
    var hub =
        Stream.of(
            get(APPS + "/statefulsets"),
            get(BUSINESS + "/projects"),
            get(BUSINESS + "/projects?watch=true"),
            get(BUSINESS + "/projects/prj-b"),
            get(BUSINESS + "/namespaces"),
            get(namespaces),
            get(namespaces + "?watch=true"),
            get(namespaces + "/global-b-web"),
            get(HUB + "/apis/auth.tkestack.io/v1/projectpolicybindings"),
            get(bindings),
            get(bindings + "?watch=true"),
            get(bindings + "/owners"),
            get(RBAC + "/clusterroles"),
            get(RBAC + "/namespaces/b-web/rolebindings"),
            post(namespaces),
            patch(namespaces + "/global-b-web", "{\"spec\":{\"hard\":{}}}"),
            patch(namespaces + "/global-b-web/status", "{\"status\":{\"hard\":{}}}"),
            delete(namespaces + "/global-b-web"),
            post(bindings),
            patch(bindings + "/owners", "{\"spec\":{\"users\":[\"ann\",\"amy\"]}}"),
            delete(bindings + "/owners"),
            delete(bindings),
            patch(BUSINESS + "/projects/prj-b", "{\"spec\":{\"members\":[\"ann\"]}}"),
            delete(BUSINESS + "/projects/prj-b"));
    return Stream.concat(cluster, hub);
  }

  @ParameterizedTest
  @MethodSource({"inTheOther", "aboveAll"})
  void anOwnerIsAStrangerNextDoor(Try tried) throws Exception {
    assertForbidden(send(owner, tried));
  }

  @ParameterizedTest
  @MethodSource({"inTheOther", "aboveAll"})
  void aMemberIsAStrangerNextDoor(Try tried) throws Exception {
    assertForbidden(send(member, tried));
  }

  @ParameterizedTest
  @MethodSource({"inTheOther", "aboveAll"})
  void soIsTheTokenOfHisKubeconfig(Try tried) throws Exception {
    assertForbidden(
        tried.method().equals("PATCH")
            ? member.patchWith(bearer, tried.path(), tried.body())
            : member.sendWith(bearer, tried.method(), tried.path(), tried.body()));
  }

  @ParameterizedTest
  @MethodSource("claims")
  void nobodyBecomesSomebodyElseByAHeader(Claim claim) throws Exception {
    var headers = new ArrayList<>(member.headers());
    headers.addAll(claim.headers());
    assertForbidden(member.sendWith(headers, "GET", OTHER + "/secrets", ""));
    var tool = new ArrayList<>(bearer);
    tool.addAll(claim.headers());
    assertForbidden(member.sendWith(tool, "GET", OTHER + "/secrets", ""));
  }

  /// Headers that claim to be somebody.
  record Claim(List<String> headers) {}

  private static Claim claim(String... headers) {
    return new Claim(List.of(headers));
  }

  static Stream<Claim> claims() {
    return Stream.of(
        claim("Impersonate-User", "bea"),
        claim("Impersonate-User", "admin"),
        claim("Impersonate-User", "system:admin", "Impersonate-Group", "system:masters"),
        claim("Impersonate-User", "ann", "Impersonate-Group", "ordinal:administrators"),
        claim("Impersonate-User", "system:serviceaccount:b-web:default"),
        claim("X-Remote-User", "bea"),
        claim("X-Remote-User", "admin", "X-Remote-Group", "system:masters"));
  }

  /// What a member, and an owner, may not do in his own business.
  static Stream<Try> stepsOut() {
    var pods = "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"busybox\"%s}]%s}";
    var pod = "{\"metadata\":{\"name\":\"p\"}," + pods + "}";
    return Stream.of(
        patch(OWN, label("pod-security.kubernetes.io/enforce", "\"privileged\"")),
        patch(OWN, label("pod-security.kubernetes.io/enforce", "null")),
        patch(OWN, label("tkestack.io/projectName", "\"prj-b\"")),
        patch(OWN, label("tkestack.io/namespaceName", "null")),
        patch(OWN + "/status", "{}"),
        new Try("PUT", OWN, "{\"metadata\":{\"name\":\"a-web\"}}"),
        new Try("PUT", OWN + "/finalize", "{\"metadata\":{\"name\":\"a-web\"}}"),
        delete(OWN),
        post(CORE + "/namespaces"),
        patch(CORE + "/namespaces/prj-a", label("pod-security.kubernetes.io/enforce", "null")),
        delete(CORE + "/namespaces/prj-a"),
        post(OWN + "/resourcequotas"),
        patch(OWN + "/resourcequotas/a-web", "{\"spec\":{\"hard\":{\"pods\":\"1000\"}}}"),
        delete(OWN + "/resourcequotas/a-web"),
        delete(OWN + "/resourcequotas"),
        post(OWN + "/limitranges"),
        delete(OWN + "/limitranges"),
        post(OWN + "/serviceaccounts/default/token"),
        post(RBAC + "/namespaces/a-web/roles"),
        post(RBAC + "/namespaces/a-web/rolebindings"),
        patch(RBAC + "/namespaces/a-web/rolebindings/business:project-viewer", "{\"subjects\":[]}"),
        delete(RBAC + "/namespaces/a-web/rolebindings/business:project-viewer"),
        get(RBAC + "/namespaces/a-web/rolebindings"),
        post(RBAC + "/namespaces/prj-a/roles"),
        post(RBAC + "/namespaces/prj-a/rolebindings"),
        post(RBAC + "/clusterroles"),
        post(RBAC + "/clusterrolebindings"),
        patch(RBAC + "/clusterroles/business:project-member", "{\"rules\":[]}"),
        post(CORE + "/namespaces/prj-a/pods"),
        get(CORE + "/namespaces/prj-a/secrets"),
        post(CORE + "/namespaces/prj-a/configmaps"),
        post(BUSINESS + "/projects"),
        patch(BUSINESS + "/projects/prj-a", "{\"spec\":{\"clusters\":{\"global\":{}}}}"),
        patch(BUSINESS + "/projects/prj-a/status", "{\"status\":{\"phase\":\"Active\"}}"),
        delete(BUSINESS + "/projects/prj-a"),
        patch(
            BUSINESS + "/namespaces/prj-a/namespaces/global-a-web/status",
            "{\"status\":{\"hard\":{\"pods\":\"1000\"}}}"),
        patch(
            HUB + Neighbours.BINDINGS.formatted("prj-a") + "/members/status",
            "{\"status\":{\"phase\":\"Active\"}}"),
        new Try(
            "POST", OWN + "/pods", pod.formatted(",\"securityContext\":{\"privileged\":true}", "")),
        new Try("POST", OWN + "/pods", pod.formatted("", ",\"hostNetwork\":true")),
        new Try("POST", OWN + "/pods", pod.formatted("", ",\"hostPID\":true")),
        new Try(
            "POST",
            OWN + "/pods",
            pod.formatted("", ",\"volumes\":[{\"name\":\"v\",\"hostPath\":{\"path\":\"/\"}}]")));
  }

  private static String label(String name, String value) {
    return "{\"metadata\":{\"labels\":{\"" + name + "\":" + value + "}}}";
  }

  @ParameterizedTest
  @MethodSource("stepsOut")
  void nobodyStepsOutOfHisBusiness(Try tried) throws Exception {
    assertForbidden(send(owner, tried));
    assertForbidden(send(member, tried));
    assertForbidden(send(viewer, tried));
  }

  /// What owners may do, and nobody else.
  static Stream<Try> ownersMatters() {
    var bindings = HUB + Neighbours.BINDINGS.formatted("prj-a");
    var namespaces = BUSINESS + "/namespaces/prj-a/namespaces";
    return Stream.of(
        post(namespaces),
        patch(namespaces + "/global-a-web", "{\"spec\":{\"hard\":{}}}"),
        delete(namespaces + "/global-a-web"),
        post(bindings),
        patch(bindings + "/members", "{\"spec\":{\"policyID\":\"project-owner\"}}"),
        patch(bindings + "/viewers", "{\"spec\":{\"policyID\":\"project-member\"}}"),
        delete(bindings + "/owners"));
  }

  @ParameterizedTest
  @MethodSource("ownersMatters")
  void onlyOwnersRunABusiness(Try tried) throws Exception {
    assertForbidden(send(member, tried));
    assertForbidden(send(viewer, tried));
  }

  /// What members may do, and viewers not.
  static Stream<Try> membersMatters() {
    var sets = APPS + "/namespaces/a-web/statefulsets";
    return Stream.of(
        get(OWN + "/secrets"),
        get(OWN + "/secrets/x"),
        get(OWN + "/secrets?watch=true"),
        get(OWN + "/pods/web/exec?command=sh&stdout=true"),
        post(OWN + "/pods/web/exec?command=sh&stdout=true"),
        get(OWN + "/pods/web/attach?stdout=true"),
        get(OWN + "/pods/web/portforward?ports=80"),
        post(OWN + "/pods/web/eviction"),
        post(OWN + "/pods"),
        post(OWN + "/secrets"),
        post(OWN + "/configmaps"),
        post(OWN + "/serviceaccounts"),
        post(OWN + "/persistentvolumeclaims"),
        post(sets),
        patch(sets + "/x", "{}"),
        patch(sets + "/x/scale", "{}"),
        patch(OWN + "/pods/web", "{}"),
        delete(OWN + "/pods/web"),
        delete(sets + "/x"));
  }

  @ParameterizedTest
  @MethodSource("membersMatters")
  void viewersOnlyLook(Try tried) throws Exception {
    assertForbidden(send(viewer, tried));
  }

  @Test
  void aTerminalNextDoorDoesNotOpen() throws Exception {
    for (var who : List.of(owner, member, viewer)) {
      var answer =
          new RawRequest(world)
              .send(
                  """
                  GET %s/pods/web/exec?command=sh&stdout=true HTTP/1.1
                  Connection: Upgrade
                  Upgrade: websocket
                  Sec-WebSocket-Version: 13
                  Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                  Sec-WebSocket-Protocol: v5.channel.k8s.io, csrf.ordinal.io.%s
                  Origin: %s
                  Cookie: %s
                  """
                      .formatted(
                          who == viewer ? OWN : OTHER, who.csrf, world.origin(), who.cookie));
      assertThat(RawRequest.status(answer)).as(answer).isEqualTo(403);
    }
  }

  @Test
  void whoOnlyWishesForAClusterGetsNothingThere() throws Exception {
    var admin = world.admin();
    try (var elsewhere = new Api(folder.resolve("elsewhere"))) {
      var added = admin.addCluster("elsewhere", elsewhere.kubeconfig(Identity.ADMIN));
      var id = json(added).path("id").asString();
      var wish =
          """
          {"apiVersion":"business.tkestack.io/v1","kind":"Namespace","metadata":{"name":"%s-far"},
           "spec":{"clusterName":"%s","namespace":"far"}}
          """
              .formatted(id, id);
      var wished = owner.send("POST", BUSINESS + "/namespaces/prj-a/namespaces", wish);
      assertThat(wished.statusCode()).as(wished.body()).isEqualTo(201);
      neighbours.grant("prj-b", id, "near");
      var classes = "/clusters/" + id + "/apis/storage.k8s.io/v1/storageclasses";
      world.await(() -> other.get(classes).statusCode() == 200);
      assertForbidden(owner.get(classes));
      assertThat(json(other.get("/portal")).path("clusters").toString()).contains(id);
      assertThat(json(owner.get("/portal")).path("clusters").toString()).doesNotContain(id);
      admin.send("DELETE", "/clusters/" + id, "");
    }
  }

  /// The other side of every refusal.
  @Test
  void whatIsOnesOwnIsAllowed() throws Exception {
    for (var path :
        List.of("/pods", "/pods/web", "/events", "/configmaps", "/resourcequotas", "")) {
      for (var who : List.of(owner, member, viewer)) {
        var answer = who.get(OWN + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      }
      assertThat(member.sendWith(bearer, "GET", OWN + path, "").statusCode()).isEqualTo(200);
    }
    var made = new Try("POST", OWN + "/secrets", "{\"metadata\":{\"name\":\"own\"}}");
    var secret = send(member, made);
    assertThat(secret.statusCode()).as(secret.body()).isEqualTo(201);
    assertThat(send(member, post(OWN + "/pods/web/exec?command=sh")).statusCode())
        .isNotEqualTo(403);
    for (var who : List.of(owner, member, viewer)) {
      var own = send(who, get(BUSINESS + "/projects/prj-a"));
      assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
    }
    assertThat(send(viewer, get(OWN + "/pods/web/log")).statusCode()).isNotEqualTo(403);
    var watch = member.open(OWN + "/pods?watch=true");
    assertThat(watch.statusCode()).isEqualTo(200);
    watch.body().close();
    var hard = patch(BUSINESS + "/namespaces/prj-a/namespaces/global-a-web", "{\"spec\":{}}");
    var patched = send(owner, hard);
    assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
  }
}
