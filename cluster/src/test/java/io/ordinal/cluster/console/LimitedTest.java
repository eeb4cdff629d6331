package io.ordinal.cluster.console;

import static io.ordinal.cluster.console.Browser.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.ordinal.cluster.Endpoint;
import io.ordinal.cluster.UserError;
import io.ordinal.cluster.pki.Identity;
import io.ordinal.cluster.pki.Identity.Use;
import io.ordinal.cluster.pki.PemFiles;
import io.ordinal.cluster.pki.Pki;
import io.ordinal.platform.Platform.Time;
import io.ordinal.platform.clusters.Access;
import io.ordinal.platform.clusters.Kubeconfigs;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A console in front of another cluster, by kubeconfigs of a full, a reading and a one-namespace
/// user.
@Timeout(240)
class LimitedTest {

  private static final Identity READER =
      new Identity("reader", "rita", List.of("readers"), Use.CLIENT);
  private static final Identity TENANT = new Identity("tenant", "tom", List.of(), Use.CLIENT);
  private static final Identity HALF = new Identity("half", "hal", List.of(), Use.CLIENT);
  private static final Identity NOBODY = new Identity("nobody", "ned", List.of(), Use.CLIENT);
  private static final String PASSWORD = "Only-password-1";
  private static final String SHOP = "/clusters/global/api/v1/namespaces/shop/configmaps";
  private static final String WEB =
      "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"web\"}}";
  private static final String REVIEWS =
      "/clusters/global/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final String REVIEW =
      "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";

  @TempDir Path folder;
  private Api other;
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void start() {
    other = new Api(folder.resolve("other"));
    for (var name : List.of("shop", "bank")) {
      other
          .kube
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .create();
      other
          .kube
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withNamespace(name)
                  .withName("old")
                  .endMetadata()
                  .build())
          .create();
    }
    role("look", "get", "list", "watch");
    role("work", "get", "list", "watch", "create", "update", "delete");
    other
        .kube
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName("readers")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "look")
                .addNewSubject("rbac.authorization.k8s.io", "Group", "readers", null)
                .build())
        .create();
    other
        .kube
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("tom")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "work")
                .addNewSubject("rbac.authorization.k8s.io", "User", "tom", null)
                .build())
        .create();
  }

  private void role(String name, String... verbs) {
    other
        .kube
        .resource(
            new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addNewRule()
                .withApiGroups("", "apps")
                .withResources("configmaps", "statefulsets")
                .withVerbs(verbs)
                .endRule()
                .build())
        .create();
  }

  @AfterEach
  void stop() {
    other.close();
  }

  private Path data() {
    return folder.resolve("console");
  }

  private String kubeconfig(Identity who, String namespace) {
    return other
        .kubeconfig(who)
        .replace("    user: admin\n", "    user: admin\n    namespace: " + namespace + "\n");
  }

  private HubConsole console(Identity who, String address) {
    said.clear();
    var text = kubeconfig(who, "shop");
    var config = Config.fromKubeconfig(text);
    var client = new KubernetesClientBuilder().withConfig(config).build();
    var access = Kubeconfigs.read(text);
    var rights = HubRights.of(client, access, config.getNamespace());
    said.addAll(rights.told());
    var wall = Clock.systemUTC();
    return HubConsole.start(
        data(),
        new ConsoleAddress(new Endpoint(address), 0, "--port"),
        Hub.at(client, access, rights.limited()),
        new Time(wall, wall),
        _ -> {},
        said::add,
        () -> {});
  }

  private HubConsole console(Identity who) {
    return console(who, "127.0.0.1");
  }

  private Browser browser(HubConsole console) {
    return new Browser(trust(console), console.url());
  }

  private SSLContext trust(HubConsole console) {
    var authority = PemFiles.pem(Pki.open(data(), Clock.systemUTC()).authority());
    return new Access(URI.create(console.url()), authority, "", "", "").tls();
  }

  /// The user, who has changed his one-time password.
  private Browser first(HubConsole console) throws Exception {
    var oneTime =
        said.stream().filter(line -> line.contains("one-time password")).findFirst().orElseThrow();
    var browser = browser(console);
    var word = oneTime.substring(oneTime.lastIndexOf(' ') + 1);
    browser.signedIn("admin", word);
    var change = "{\"old\":\"%s\",\"new\":\"%s\"}".formatted(word, PASSWORD);
    assertThat(browser.send("POST", "/session/password", change).statusCode()).isEqualTo(204);
    return browser;
  }

  private static String whoami(Browser browser) throws Exception {
    return json(browser.send("POST", REVIEWS, REVIEW)).at("/status/userInfo/username").asString();
  }

  @Test
  void aFullKubeconfigActsForEachUser() throws Exception {
    try (var console = console(Identity.ADMIN)) {
      var admin = first(console);
      assertThat(whoami(admin)).isEqualTo("admin");
      assertThat(json(admin.get("/session")).has("limited")).isFalse();
      assertThat(said).noneMatch(line -> line.startsWith("limited:"));
      var user = "{\"name\":\"bob\",\"password\":\"Given-password-1\"}";
      assertThat(admin.send("POST", "/users", user).statusCode()).isEqualTo(201);
      assertThat(data().resolve("console.json")).doesNotExist();
    }
  }

  @Test
  void whatIsMadeIsNamedBefore() {
    var told = String.join("\n", HubConsole.makes());
    try (var _ = console(Identity.ADMIN)) {
      // The definitions are made beside the start; the test's time limit is what fails.
      while (definitions().size() < 3) Thread.onSpinWait();
      assertThat(definitions()).allSatisfy(name -> assertThat(told).contains(name));
      assertThat(told).contains("namespace ordinal-system", "ClusterRoleBinding ordinal:admin");
    }
  }

  private List<String> definitions() {
    return other.kube.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
        .map(each -> each.getMetadata().getName())
        .toList();
  }

  @Test
  void aReadingKubeconfigReads() throws Exception {
    try (var console = console(READER)) {
      assertThat(said)
          .anyMatch(line -> line.contains("may not impersonate"))
          .anyMatch(line -> line.contains("whoever signs in as admin acts as rita"))
          .anyMatch(line -> line.startsWith("missing right: create statefulsets.apps in shop"));
      var reader = first(console);
      var limited = json(reader.get("/session")).path("limited");
      assertThat(limited.path("reason").asString()).isEqualTo("NoImpersonation");
      assertThat(limited.path("user").asString()).isEqualTo("rita");
      assertThat(limited.path("namespace").asString()).isEmpty();
      assertThat(json(reader.get("/portal")).at("/clusters/0/state").asString()).isEqualTo("Ready");
      assertThat(whoami(reader)).isEqualTo("rita");
      assertThat(reader.get(SHOP).body()).contains("\"old\"");
      assertThat(reader.get("/clusters/global/api/v1/configmaps").statusCode()).isEqualTo(200);
      var refused = reader.send("POST", SHOP, WEB);
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("rita");
      assertThat(reader.get("/clusters/global/api/v1/secrets").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void aKubeconfigOfOneNamespaceWorksThere() throws Exception {
    try (var console = console(TENANT)) {
      var tenant = first(console);
      var limited = json(tenant.get("/session")).path("limited");
      assertThat(limited.path("namespace").asString()).isEqualTo("shop");
      assertThat(tenant.send("POST", SHOP, WEB).statusCode()).isEqualTo(201);
      assertThat(tenant.get(SHOP.replace("shop", "bank")).statusCode()).isEqualTo(403);
      assertThat(tenant.get("/clusters/global/api/v1/namespaces").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void aKubeconfigThatMayNothingShowsThat() throws Exception {
    try (var console = console(NOBODY)) {
      assertThat(first(console).get(SHOP).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void thereIsOneUserAndNoWayToASecondOne() throws Exception {
    try (var console = console(TENANT)) {
      var tenant = first(console);
      var user = "{\"name\":\"bob\",\"password\":\"Given-password-1\"}";
      var refused = tenant.send("POST", "/users", user);
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("for one user alone");
      assertThat(tenant.send("PUT", "/oidc/settings", "{}").statusCode()).isEqualTo(409);
      assertThat(browser(console).signIn("bob", "Given-password-1").statusCode()).isEqualTo(401);
      var forged = new ArrayList<>(tenant.headers());
      forged.addAll(List.of("Impersonate-User", "kubernetes-admin"));
      var who = tenant.sendWith(forged, "POST", REVIEWS, REVIEW);
      assertThat(json(who).at("/status/userInfo/username").asString()).isEqualTo("tom");
    }
  }

  @Test
  void nothingIsWrittenIntoTheClusterAndASecondStartRemembers() throws Exception {
    String cookie;
    try (var console = console(TENANT)) {
      cookie = first(console).cookie;
    }
    var namespaces = other.kube.namespaces().list().getItems();
    assertThat(namespaces).noneMatch(n -> n.getMetadata().getName().equals("ordinal-system"));
    assertThat(other.kube.rbac().clusterRoleBindings().withName("ordinal:administrators").get())
        .isNull();
    var file = data().resolve("console.json");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(file, StandardCharsets.UTF_8))
        .contains("$argon2id$")
        .doesNotContain(PASSWORD)
        .doesNotContain(cookie.substring(cookie.indexOf('=') + 1));
    try (var console = console(TENANT)) {
      assertThat(said).noneMatch(line -> line.contains("one-time password"));
      var again = browser(console).signedIn("admin", PASSWORD);
      assertThat(whoami(again)).isEqualTo("tom");
    }
  }

  @Test
  void itIsServedOnLoopbackAlone() {
    assertThatThrownBy(() -> console(READER, "0.0.0.0"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--address must be 127.0.0.1");
  }

  @Test
  void twoConsolesDoNotWriteOneFile() {
    try (var _ = console(READER)) {
      assertThatThrownBy(() -> console(READER))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("another console uses");
    }
  }

  /// Its user may impersonate, but the gateway in between lets nobody say so.
  @Test
  void aKubeconfigThatPointsAtAnotherConsoleIsOneForOneUser() throws Exception {
    try (var world = new World(folder.resolve("world")).withUsers()) {
      var admin = world.admin();
      var text = admin.get("/kubeconfig?cluster=global").body();
      var refused = admin.addCluster("other", text);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
      assertThat(refused.body()).contains("may not impersonate");
      var config = Config.fromKubeconfig(text);
      try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
        assertThat(HubRights.of(client, Kubeconfigs.read(text), "").limited().orElseThrow().user())
            .isEqualTo("admin");
      }
    }
  }

  @Test
  void asAFurtherClusterItIsRefused() throws Exception {
    letHalImpersonateUsersAlone();
    try (var world = new World(folder.resolve("world")).withUsers()) {
      var admin = world.admin();
      for (var who : List.of(READER, TENANT, HALF)) {
        var refused = admin.addCluster("other", kubeconfig(who, "shop"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("may not impersonate");
      }
    }
  }

  private void letHalImpersonateUsersAlone() {
    var role = new ClusterRoleBuilder().withNewMetadata().withName("half").endMetadata();
    role.addNewRule().withApiGroups("").withResources("users").withVerbs("impersonate").endRule();
    other.kube.resource(role.build()).create();
    other
        .kube
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName("half")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "half")
                .addNewSubject("rbac.authorization.k8s.io", "User", "hal", null)
                .build())
        .create();
  }
}
