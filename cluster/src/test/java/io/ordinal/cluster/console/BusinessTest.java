package io.ordinal.cluster.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.platform.business.BusinessNamespace;
import io.ordinal.platform.business.Definitions;
import io.ordinal.platform.business.NamespaceSpec;
import io.ordinal.platform.business.Project;
import io.ordinal.platform.business.ProjectSpec;
import io.ordinal.platform.business.ProjectSpec.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Businesses beside a console, on real connections.
@Timeout(60)
class BusinessTest {

  private static final String SHOP = "prj-shopshop";
  private static final String PROJECTS = "/clusters/global/apis/business.tkestack.io/v1/projects";

  @TempDir Path folder;
  private World world;

  @BeforeEach
  void open() throws Exception {
    world = new World(folder).withUsers();
    world.platform.keepBusinesses();
    world.await(() -> definitions().size() == 3);
    assertThat(new Definitions(world.kube).ensure()).isEmpty();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aNamespaceIsMadeInAClusterThatWasAddedByItsKubeconfig() throws Exception {
    var admin = world.admin();
    var body =
        JsonMapper.shared()
            .createObjectNode()
            .put("name", "another")
            .put("kubeconfig", world.kubeconfig(world.apiAddress));
    var added = admin.send("POST", "/clusters", body.toString());
    var cluster = Browser.json(added).path("id").asString();
    makeProject(cluster);
    world.await(() -> world.kube.namespaces().withName(SHOP).get() != null);
    makeNamespace(cluster, "web");
    world.await(() ->
        world.kube.resources(BusinessNamespace.class).inNamespace(SHOP).list().getItems().stream()
            .anyMatch(BusinessNamespace::available));
    var quota = world.kube.resourceQuotas().inNamespace("web").withName("web").get();
    assertThat(quota.getSpec().getHard()).containsEntry("pods", new Quantity("3"));
  }

  @Test
  void aSecondStartFindsEverythingAsItShouldBe() throws Exception {
    var before = definitions();
    assertThat(new Definitions(world.kube).ensure()).isEmpty();
    assertThat(definitions()).isEqualTo(before).hasSize(3);
  }

  private List<String> definitions() {
    return world.kube.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
        .map(each -> each.getMetadata().getName() + each.getMetadata().getResourceVersion())
        .toList();
  }

  @Test
  void aDefinitionThatSomebodyChangedIsPutRight() throws Exception {
    var name = "projects.business.tkestack.io";
    var definitions = world.kube.apiextensions().v1().customResourceDefinitions();
    definitions
        .withName(name)
        .edit(each -> {
          each.getSpec().getVersions().getFirst().setAdditionalPrinterColumns(List.of());
          return each;
        });
    assertThat(new Definitions(world.kube).ensure()).isEmpty();
    assertThat(
            definitions
                .withName(name)
                .get()
                .getSpec()
                .getVersions()
                .getFirst()
                .getAdditionalPrinterColumns())
        .isNotEmpty();
  }

  @Test
  void whoIsNobodyInParticularMayNothing() throws Exception {
    makeProject("global");
    world.await(() -> world.kube.namespaces().withName(SHOP).get() != null);
    var nobody = world.user("nobody");
    var namespaces =
        "/clusters/global/apis/business.tkestack.io/v1/namespaces/" + SHOP + "/namespaces";
    assertThat(nobody.get(PROJECTS).statusCode()).isEqualTo(403);
    assertThat(nobody.get(namespaces).statusCode()).isEqualTo(403);
    assertThat(nobody.send("POST", namespaces, "{}").statusCode()).isEqualTo(403);
    assertThat(nobody.send("DELETE", PROJECTS + "/" + SHOP, "").statusCode()).isEqualTo(403);
    assertThat(world.admin().get(PROJECTS).statusCode()).isEqualTo(200);
  }

  @Test
  void whatMakesNoSenseIsRefusedAtOnce() {
    for (var amount : List.of("-1", "many", "1e999999999")) {
      var project = project("global", amount);
      assertThatThrownBy(() -> world.kube.resource(project).create())
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("spec.clusters");
    }
  }

  private void makeProject(String cluster) {
    world.kube.resource(project(cluster, "5")).create();
  }

  private static Project project(String cluster, String pods) {
    var project = new Project();
    project.setMetadata(new ObjectMetaBuilder().withName(SHOP).build());
    var limits = new Limits(Map.of("pods", new Quantity(pods)));
    project.setSpec(new ProjectSpec("Shop", List.of("bob"), Map.of(cluster, limits), "", ""));
    return project;
  }

  private void makeNamespace(String cluster, String name) {
    world.kube.resource(namespace(cluster, name, "3")).create();
  }

  private static BusinessNamespace namespace(String cluster, String name, String pods) {
    var namespace = new BusinessNamespace();
    namespace.setMetadata(
        new ObjectMetaBuilder().withNamespace(SHOP).withName(cluster + "-" + name).build());
    namespace.setSpec(new NamespaceSpec(cluster, name, Map.of("pods", new Quantity(pods)), ""));
    return namespace;
  }
}
