package io.ordinal.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.ordinal.platform.business.BusinessNamespace;
import io.ordinal.platform.business.Project;
import io.ordinal.platform.business.ProjectPolicyBinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Businesses and their namespaces in whole clusters.
class BusinessSimulationTest {

  private static final String OTHER = BusinessWorld.OTHER;
  private static final String SHOP = "prj-shopshop";

  @Test
  void aBusinessGetsItsHomeAndItsOwners() {
    try (var world = new BusinessWorld(1)) {
      world.makeProject(SHOP, "global: pods=10", OTHER + ": ");
      world.settle();
      var status = world.status(SHOP);
      assertThat(status.phase()).isEqualTo("Active");
      assertThat(status.locked()).isFalse();
      assertThat(status.clusters()).containsOnlyKeys("global", OTHER);
      assertThat(world.real("global", SHOP).orElseThrow().getMetadata().getLabels())
          .containsEntry(Project.LABEL, SHOP);
      var owners = bindings(world).getFirst();
      assertThat(owners.getSpec().policyID()).isEqualTo("project-owner");
      assertThat(owners.getSpec().users()).containsExactly("ann");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"global", OTHER})
  void aNamespaceIsMadeInItsCluster(String cluster) {
    try (var world = shop(1)) {
      world.makeNamespace(SHOP, cluster, "web", "pods=4 requests.cpu=500m");
      world.moment();
      assertThat(world.word(SHOP, cluster + "-web")).isEqualTo("Available");
      var real = world.real(cluster, "web").orElseThrow();
      assertThat(real.getMetadata().getLabels())
          .containsEntry(Project.LABEL, SHOP)
          .containsEntry(BusinessNamespace.LABEL, cluster + "-web")
          .containsEntry("pod-security.kubernetes.io/enforce", "baseline");
      var quota = world.quota(cluster, "web").orElseThrow();
      assertThat(quota.getSpec().getHard())
          .isEqualTo(BusinessWorld.amounts("pods=4 requests.cpu=500m"));
      var status = world.status(SHOP, cluster + "-web");
      assertThat(status.resourceQuotaName()).isEqualTo("web");
      assertThat(status.used()).isEqualTo(BusinessWorld.amounts("pods=0 requests.cpu=0"));
      assertThat(requireNonNull(world.status(SHOP).clusters().get(cluster)).used())
          .isEqualTo(BusinessWorld.amounts("pods=4 requests.cpu=500m"));
    }
  }

  @Test
  void whatDoesNotFitIsNotMadeUntilThereIsRoom() {
    try (var world = shop(1)) {
      world.makeNamespace(SHOP, "global", "a", "pods=7");
      world.makeNamespace(SHOP, "global", "b", "pods=4");
      world.moment();
      assertThat(world.word(SHOP, "global-b")).isEqualTo("Pending/QuotaExceeded");
      assertThat(world.real("global", "b")).isEmpty();
      world.delete(SHOP, "global-a");
      world.moment();
      assertThat(world.namespaceOf(SHOP, "global-a")).isEmpty();
      assertThat(world.real("global", "a")).isEmpty();
      assertThat(world.word(SHOP, "global-b")).isEqualTo("Available");
    }
  }

  @Test
  void anIncreaseThatDoesNotFitLeavesWhatIs() {
    try (var world = shop(1)) {
      world.makeNamespace(SHOP, "global", "a", "pods=7");
      world.moment();
      world.limit(SHOP, "global-a", "pods=11");
      world.moment();
      assertThat(world.word(SHOP, "global-a")).isEqualTo("Available/QuotaExceeded");
      assertThat(world.status(SHOP, "global-a").hard()).isEqualTo(BusinessWorld.amounts("pods=7"));
      world.limit(SHOP, "global-a", "pods=10");
      world.moment();
      assertThat(world.word(SHOP, "global-a")).isEqualTo("Available");
      assertThat(world.quota("global", "a").orElseThrow().getSpec().getHard())
          .isEqualTo(BusinessWorld.amounts("pods=10"));
    }
  }

  @Test
  void whatIsGivenUpGoesToOthersOnceItsClusterKnows() {
    try (var world = shop(1)) {
      world.makeNamespace(SHOP, OTHER, "a", "pods=10");
      world.makeNamespace(SHOP, OTHER, "b", "pods=0");
      world.moment();
      world.cut(OTHER);
      world.limit(SHOP, OTHER + "-a", "pods=4");
      world.limit(SHOP, OTHER + "-b", "pods=6");
      world.moment();
      var granted = requireNonNull(world.status(SHOP).clusters().get(OTHER)).namespaces();
      assertThat(requireNonNull(granted.get("b")).hard())
          .isEqualTo(BusinessWorld.amounts("pods=0"));
      world.mend(OTHER);
      world.pass(Duration.ofMinutes(2));
      assertThat(world.word(SHOP, OTHER + "-b")).isEqualTo("Available");
      assertThat(world.quota(OTHER, "b").orElseThrow().getSpec().getHard())
          .isEqualTo(BusinessWorld.amounts("pods=6"));
    }
  }

  @Test
  void whatIsNotTheBusinesssIsLeftAlone() {
    try (var world = shop(1)) {
      world.makeReal("global", "theirs", Map.of("team", "x"));
      world.makeReal("global", "foreign", Map.of(Project.LABEL, "prj-zzzzzzzz"));
      world.makeNamespace(SHOP, "global", "theirs", "pods=1");
      world.makeNamespace(SHOP, "global", "foreign", "pods=1");
      world.moment();
      for (var name : List.of("theirs", "foreign")) {
        assertThat(world.word(SHOP, "global-" + name)).isEqualTo("Failed/ConflictProject");
        assertThat(world.quota("global", name)).isEmpty();
        world.delete(SHOP, "global-" + name);
      }
      world.moment();
      assertThat(world.namespaceOf(SHOP, "global-theirs")).isEmpty();
      assertThat(world.real("global", "theirs").orElseThrow().getMetadata().getLabels())
          .containsEntry("team", "x")
          .doesNotContainKeys(Project.LABEL, BusinessNamespace.LABEL);
      assertThat(world.real("global", "foreign")).isPresent();
    }
  }

  @Test
  void anAdministratorGivesANamespaceByItsLabel() {
    try (var world = shop(1)) {
      world.makeReal(
          OTHER, "legacy", Map.of("team", "x", "pod-security.kubernetes.io/enforce", "privileged"));
      world.makeNamespace(SHOP, OTHER, "legacy", "pods=3");
      world.moment();
      assertThat(world.word(SHOP, OTHER + "-legacy")).isEqualTo("Failed/ConflictProject");
      world.label(
          OTHER,
          "legacy",
          Map.of("pod-security.kubernetes.io/enforce", "privileged", Project.LABEL, SHOP));
      world.moment();
      assertThat(world.word(SHOP, OTHER + "-legacy")).isEqualTo("Available");
      assertThat(world.quota(OTHER, "legacy")).isPresent();
      assertThat(world.real(OTHER, "legacy").orElseThrow().getMetadata().getLabels())
          .as("what an administrator has allowed stays allowed")
          .containsEntry("pod-security.kubernetes.io/enforce", "privileged")
          .containsEntry(BusinessNamespace.LABEL, OTHER + "-legacy");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kube-system", "kube-x", "default", "ordinal-system", SHOP, "prj-other"})
  void namesOfOthersAreRefused(String name) {
    try (var world = shop(1)) {
      world.makeProject("prj-other", "global: pods=1");
      world.makeNamespace(SHOP, "global", name, "pods=1");
      world.moment();
      assertThat(world.word(SHOP, "global-" + name)).isEqualTo("Pending/NameNotAllowed");
      assertThat(world.quota("global", name)).isEmpty();
      world.delete(SHOP, "global-" + name);
      world.moment();
      assertThat(world.namespaceOf(SHOP, "global-" + name)).isEmpty();
    }
  }

  @Test
  void anObjectOfAnotherNameIsNobodysKey() {
    try (var world = shop(1)) {
      world.makeNamespace(SHOP, "global", "web", "pods=2");
      world
          .onHub
          .resource(BusinessWorld.namespace(SHOP, "trick", "global", "web", "pods=1"))
          .create();
      world.moment();
      assertThat(world.word(SHOP, "trick")).isEqualTo("Pending/NameNotAllowed");
      world.delete(SHOP, "trick");
      world.moment();
      assertThat(world.real("global", "web")).isPresent();
      assertThat(requireNonNull(world.status(SHOP).clusters().get("global")).namespaces())
          .containsKey("web");
    }
  }

  @Test
  void whatIsUsedCostsNoMoreThanBeingTold() {
    try (var world = shop(1)) {
      world.makeNamespace(SHOP, "global", "web", "pods=4 configmaps=4");
      world.moment();
      var settings = new ConfigMapBuilder().withNewMetadata().withNamespace("web");
      world.onHub.resource(settings.withName("settings").endMetadata().build()).create();
      world.asked();
      var before = world.status(SHOP, "global-web").used();
      world.moment();
      assertThat(world.status(SHOP, "global-web").used()).isNotEqualTo(before);
      assertThat(world.asked())
          .containsExactly(
              "GET /api/v1/namespaces/web",
              "GET /api/v1/namespaces/web/resourcequotas/web",
              "PUT /apis/business.tkestack.io/v1/namespaces/prj-shopshop/namespaces/global-web/status");
    }
  }

  @Test
  void aClusterThatIsNotTheBusinesssIsRefused() {
    try (var world = new BusinessWorld(1)) {
      world.makeProject(SHOP, "global: ", "cls-none: ");
      world.settle();
      world.makeNamespace(SHOP, OTHER, "web", "");
      world.moment();
      assertThat(world.word(SHOP, OTHER + "-web")).isEqualTo("Pending/ClusterNotInProject");
      assertThat(world.status(SHOP).reason()).isEqualTo("ClusterNotFound");
      assertThat(world.real(OTHER, "web")).isEmpty();
    }
  }

  @Test
  void whatANamespaceIsNeverChanges() {
    try (var world = shop(1)) {
      world.makeNamespace(SHOP, "global", "web", "pods=2");
      world.moment();
      var changed = world.namespaceOf(SHOP, "global-web").orElseThrow();
      changed.setSpec(BusinessWorld.namespace(SHOP, "", "global", "other", "pods=2").getSpec());
      world.onHub.resource(changed).update();
      world.moment();
      assertThat(world.word(SHOP, "global-web")).isEqualTo("Available/Immutable");
      assertThat(world.real("global", "web")).isPresent();
      assertThat(world.real("global", "other")).isEmpty();
    }
  }

  @Test
  void aClusterThatIsAwayConcernsNobodyElse() {
    try (var world = shop(1)) {
      world.makeNamespace(SHOP, OTHER, "far", "pods=1");
      world.moment();
      world.cut(OTHER);
      world.makeNamespace(SHOP, "global", "near", "pods=1");
      world.pass(Duration.ofSeconds(90));
      assertThat(world.word(SHOP, OTHER + "-far")).isEqualTo("Failed/ConnectClusterError");
      assertThat(world.word(SHOP, "global-near")).isEqualTo("Available");
      world.mend(OTHER);
      world.pass(Duration.ofSeconds(90));
      assertThat(world.word(SHOP, OTHER + "-far")).isEqualTo("Available");
    }
  }

  @Test
  void whatIsTakenAwayIsNoticedAndMended() {
    try (var world = shop(1)) {
      world.makeNamespace(SHOP, OTHER, "web", "pods=1");
      world.moment();
      var words = recordWords(world, OTHER + "-web");
      world.onOther.resourceQuotas().inNamespace("web").withName("web").delete();
      world.moment();
      assertThat(world.quota(OTHER, "web")).isPresent();
      assertThat(words).containsSequence("Failed/ResourceQuotaNotFound", "Available");
      world.onOther.namespaces().withName("web").delete();
      world.moment();
      assertThat(world.real(OTHER, "web")).isPresent();
      assertThat(words).contains("Failed/NamespaceNotFound").endsWith("Available");
    }
  }

  @Test
  void aLostLabelIsAnAdministratorsMatter() {
    try (var world = shop(1)) {
      world.makeNamespace(SHOP, OTHER, "web", "pods=1");
      world.moment();
      var labels = world.real(OTHER, "web").orElseThrow().getMetadata().getLabels();
      world.label(OTHER, "web", Map.of());
      world.moment();
      assertThat(world.word(SHOP, OTHER + "-web")).isEqualTo("Failed/NamespaceNoLabel");
      world.label(OTHER, "web", Map.of(Project.LABEL, "prj-zzzzzzzz"));
      world.pass(Duration.ofSeconds(70));
      assertThat(world.word(SHOP, OTHER + "-web")).isEqualTo("Failed/ConflictProject");
      world.label(OTHER, "web", labels);
      world.pass(Duration.ofSeconds(70));
      assertThat(world.word(SHOP, OTHER + "-web")).isEqualTo("Available");
    }
  }

  /// Each status that the object has had, once.
  private static List<String> recordWords(BusinessWorld world, String object) {
    var words = new ArrayList<String>();
    world.always(() -> {
      var word = world.word(SHOP, object);
      if (words.isEmpty() || !words.getLast().equals(word)) words.add(word);
    });
    return words;
  }

  private static List<ProjectPolicyBinding> bindings(BusinessWorld world) {
    return world.onHub.resources(ProjectPolicyBinding.class).inNamespace(SHOP).list().getItems();
  }

  private static BusinessWorld shop(long seed) {
    return BusinessWorld.withBusiness(seed, SHOP);
  }
}
