package io.ordinal.cluster.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
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

/// Businesses beside a console, on real connections.
@Timeout(60)
class BusinessTest {

  private static final String SHOP = "prj-shopshop";
  private static final String BOOKS = "prj-bookshop";
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
    var cluster = world.addCluster(world.admin(), "another", world.apiAddress);
    makeAvailable(SHOP, cluster, "web");
    var quota = world.kube.resourceQuotas().inNamespace("web").withName("web").get();
    assertThat(quota.getSpec().getHard()).containsEntry("pods", new Quantity("3"));
  }

  /// The one that is deleted finds out that the cluster is gone; the other one lies delayed for a
  /// minute then.
  @Test
  void allBusinessesHearThatAClusterIsGone() throws Exception {
    var admin = world.admin();
    var cluster = world.addCluster(admin, "another", world.apiAddress);
    makeAvailable(SHOP, cluster, "web");
    makeAvailable(BOOKS, cluster, "read");
    assertThat(admin.send("DELETE", "/clusters/" + cluster, "").statusCode()).isEqualTo(204);
    namespaces(SHOP).delete();
    world.await(() -> namespaces(SHOP).list().getItems().isEmpty());
    world.await(
        () -> namespaces(BOOKS).list().getItems().stream().noneMatch(BusinessNamespace::available));
    assertThat(namespaces(BOOKS).list().getItems())
        .singleElement()
        .satisfies(
            each -> assertThat(each.getStatus().phase()).isEqualTo(BusinessNamespace.FAILED));
  }

  private void makeAvailable(String business, String cluster, String name) throws Exception {
    world.kube.resource(project(business, cluster, "5")).create();
    world.await(() -> world.kube.namespaces().withName(business).get() != null);
    world.kube.resource(namespace(business, cluster, name, "3")).create();
    world.await(() ->
        namespaces(business).list().getItems().stream().anyMatch(BusinessNamespace::available));
  }

  private NonNamespaceOperation<
          BusinessNamespace, KubernetesResourceList<BusinessNamespace>, Resource<BusinessNamespace>>
      namespaces(String business) {
    return world.kube.resources(BusinessNamespace.class).inNamespace(business);
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
    world.kube.resource(project(SHOP, "global", "5")).create();
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
      var project = project(SHOP, "global", amount);
      assertThatThrownBy(() -> world.kube.resource(project).create())
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("spec.clusters");
    }
  }

  private static Project project(String name, String cluster, String pods) {
    var project = new Project();
    project.setMetadata(new ObjectMetaBuilder().withName(name).build());
    var limits = new Limits(Map.of("pods", new Quantity(pods)));
    project.setSpec(new ProjectSpec("Shop", List.of("bob"), Map.of(cluster, limits), ""));
    return project;
  }

  private static BusinessNamespace namespace(
      String business, String cluster, String name, String pods) {
    var namespace = new BusinessNamespace();
    namespace.setMetadata(
        new ObjectMetaBuilder().withNamespace(business).withName(cluster + "-" + name).build());
    namespace.setSpec(new NamespaceSpec(cluster, name, Map.of("pods", new Quantity(pods))));
    return namespace;
  }
}
