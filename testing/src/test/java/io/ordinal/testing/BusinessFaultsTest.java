package io.ordinal.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.platform.business.BusinessNamespace;
import io.ordinal.platform.business.Ledger;
import io.ordinal.platform.business.Project;
import io.ordinal.platform.business.ProjectPolicyBinding;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The end of businesses, and what must hold whatever goes wrong.
class BusinessFaultsTest {

  private static final String OTHER = BusinessWorld.OTHER;
  private static final String SHOP = "prj-shopshop";
  private static final List<String> CLUSTERS = List.of("global", OTHER);
  private static final BigDecimal MOST_PODS = BigDecimal.TEN;

  @Test
  void aBusinessEndsInOrder() {
    try (var world = shop(1)) {
      world.makeNamespace(SHOP, "global", "near", "pods=1");
      world.makeNamespace(SHOP, OTHER, "far", "pods=1");
      world.moment();
      var order = recordEnd(world);
      world.onHub.resources(Project.class).withName(SHOP).delete();
      world.moment();
      assertThat(order.getLast()).isEqualTo("business");
      assertThat(order)
          .containsSubsequence("real far", "object far", "bindings", "home", "business")
          .containsSubsequence("real near", "object near", "bindings", "home", "business");
    }
  }

  /// What has gone, in the order in which it went: of what went in one step, the later is looked at
  /// first, so that a wrong order shows.
  private static List<String> recordEnd(BusinessWorld world) {
    var order = new ArrayList<String>();
    world.always(() -> {
      note(order, "business", world.project(SHOP).isEmpty());
      note(order, "home", world.real("global", SHOP).isEmpty());
      note(order, "bindings", bindings(world).isEmpty());
      note(order, "object far", world.namespaceOf(SHOP, OTHER + "-far").isEmpty());
      note(order, "object near", world.namespaceOf(SHOP, "global-near").isEmpty());
      note(order, "real far", world.real(OTHER, "far").isEmpty());
      note(order, "real near", world.real("global", "near").isEmpty());
    });
    return order;
  }

  private static List<ProjectPolicyBinding> bindings(BusinessWorld world) {
    return world.onHub.resources(ProjectPolicyBinding.class).inNamespace(SHOP).list().getItems();
  }

  private static void note(List<String> order, String what, boolean gone) {
    if (gone && !order.contains(what)) order.add(what);
  }

  @Test
  void aBusinessWaitsForAClusterThatIsAway() {
    try (var world = shop(1)) {
      world.makeNamespace(SHOP, OTHER, "far", "pods=1");
      world.moment();
      world.cut(OTHER);
      world.onHub.resources(Project.class).withName(SHOP).delete();
      world.pass(Duration.ofMinutes(1));
      assertThat(world.status(SHOP).phase()).isEqualTo("Terminating");
      assertThat(world.status(SHOP).message()).contains(OTHER + "-far");
      assertThat(world.word(SHOP, OTHER + "-far")).isEqualTo("Terminating/ConnectClusterError");
      assertThat(world.real("global", SHOP)).isPresent();
      world.mend(OTHER);
      world.pass(Duration.ofMinutes(2));
      assertThat(world.project(SHOP)).isEmpty();
      assertThat(world.real(OTHER, "far")).isEmpty();
      assertThat(world.real("global", SHOP)).isEmpty();
    }
  }

  @Test
  void whoTakesAnObjectAwayPastItsFinalizerGetsNoRoomForIt() {
    try (var world = shop(1)) {
      world.makeNamespace(SHOP, OTHER, "a", "pods=10");
      world.moment();
      world.cut(OTHER);
      var object = world.namespaceOf(SHOP, OTHER + "-a").orElseThrow();
      object.getMetadata().setFinalizers(List.of());
      world.onHub.resource(object).update();
      world.delete(SHOP, OTHER + "-a");
      strip(world, OTHER + "-a");
      world.makeNamespace(SHOP, OTHER, "b", "pods=10");
      world.pass(Duration.ofSeconds(30));
      assertThat(world.namespaceOf(SHOP, OTHER + "-a")).isEmpty();
      assertThat(world.word(SHOP, OTHER + "-b")).isEqualTo("Pending/QuotaExceeded");
      world.mend(OTHER);
      world.pass(Duration.ofMinutes(2));
      assertThat(world.real(OTHER, "a")).isEmpty();
      assertThat(world.word(SHOP, OTHER + "-b")).isEqualTo("Available");
    }
  }

  private static void strip(BusinessWorld world, String name) {
    world
        .namespaceOf(SHOP, name)
        .ifPresent(object -> {
          object.getMetadata().setFinalizers(List.of());
          world.onHub.resource(object).update();
        });
  }

  @Test
  void limitsOfABusinessNeverFallBelowWhatItHasGranted() {
    try (var world = shop(1)) {
      world.makeNamespace(SHOP, "global", "a", "pods=7");
      world.moment();
      world.change(SHOP, "global: pods=5");
      world.moment();
      var status = world.status(SHOP);
      assertThat(status.phase()).isEqualTo("Active");
      assertThat(status.reason()).isEqualTo("QuotaBelowUsed");
      assertThat(status.clusters())
          .as("the other one had nothing in it")
          .containsOnlyKeys("global");
      assertThat(requireNonNull(status.clusters().get("global")).hard())
          .isEqualTo(BusinessWorld.amounts("pods=10"));
      world.change(SHOP, OTHER + ": ");
      world.moment();
      assertThat(world.status(SHOP).reason()).isEqualTo("ClusterInUse");
      world.delete(SHOP, "global-a");
      world.moment();
      assertThat(world.status(SHOP).clusters()).containsOnlyKeys(OTHER);
      assertThat(world.status(SHOP).reason()).isEmpty();
    }
  }

  @Test
  void aBusinessThatCannotBeSaysWhy() {
    try (var world = new BusinessWorld(1)) {
      world.makeReal("global", "prj-taken", Map.of("team", "x"));
      world.makeProject("prj-taken", "global: ");
      world.makeProject("kube-system", "global: ");
      world.moment();
      assertThat(world.status("prj-taken").phase()).isEqualTo("Failed");
      assertThat(world.status("prj-taken").reason()).isEqualTo("ConflictProject");
      assertThat(world.status("kube-system").reason()).isEqualTo("NameNotAllowed");
      world.onHub.resources(Project.class).withName("kube-system").delete();
      world.onHub.resources(Project.class).withName("prj-taken").delete();
      world.moment();
      assertThat(world.project("kube-system")).isEmpty();
      assertThat(world.project("prj-taken")).isEmpty();
      assertThat(world.real("global", "kube-system")).isPresent();
      assertThat(world.real("global", "prj-taken")).isPresent();
    }
  }

  @Test
  void newControllersWriteNothing() {
    try (var world = shop(1)) {
      world.makeNamespace(SHOP, "global", "near", "pods=1");
      world.makeNamespace(SHOP, OTHER, "far", "");
      world.makeNamespace(SHOP, OTHER, "wide", "pods=99");
      world.moment();
      var before = versions(world);
      assertThat(before).containsKeys(SHOP, "global-near", OTHER + "-far", OTHER + "-wide");
      world.asked();
      world.restart();
      world.pass(Duration.ofMinutes(3));
      assertThat(world.asked()).isNotEmpty().allMatch(each -> each.startsWith("GET "));
      assertThat(versions(world)).isEqualTo(before);
    }
  }

  private static Map<String, String> versions(BusinessWorld world) {
    var versions = new TreeMap<String, String>();
    world
        .onHub
        .resources(Project.class)
        .list()
        .getItems()
        .forEach(each -> versions.put(each.name(), each.getMetadata().getResourceVersion()));
    world
        .onHub
        .resources(BusinessNamespace.class)
        .inAnyNamespace()
        .list()
        .getItems()
        .forEach(each -> versions.put(each.name(), each.getMetadata().getResourceVersion()));
    for (var cluster : CLUSTERS) {
      for (var each : world.on(cluster).namespaces().list().getItems()) {
        versions.put(
            cluster + each.getMetadata().getName(), each.getMetadata().getResourceVersion());
      }
    }
    return versions;
  }

  /// Requests and answers get lost, clusters go away, controllers die, people change their minds:
  /// what a cluster allows is never more than the business may have there, and in the end everybody
  /// has what the ledger says.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void neverMoreIsInForceThanTheBusinessMayHave(long seed) {
    try (var world = shop(seed)) {
      world.always(() ->
          CLUSTERS.forEach(cluster ->
              assertThat(podsAllowed(world, cluster))
                  .as("%s, seed %d", cluster, seed)
                  .isLessThanOrEqualTo(MOST_PODS)));
      var random = new Random(seed);
      world.lose(20);
      for (int i = 0; i < 40; i++) {
        act(world, random);
        if (random.nextInt(10) == 0) world.restart();
        if (random.nextInt(10) == 0) world.cut(OTHER);
        if (random.nextInt(5) == 0) world.mend(OTHER);
        world.pass(Duration.ofMillis(500L * random.nextInt(8)));
      }
      world.lose(0);
      world.mend(OTHER);
      world.pass(Duration.ofMinutes(4));
      assertThatAllHaveWhatTheLedgerSays(world, seed);
    }
  }

  private static BigDecimal podsAllowed(BusinessWorld world, String cluster) {
    return world.on(cluster).resourceQuotas().inAnyNamespace().list().getItems().stream()
        .map(quota -> quota.getSpec().getHard().getOrDefault("pods", new Quantity("0")))
        .map(Quantity::getNumericalAmount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static void act(BusinessWorld world, Random random) {
    var cluster = CLUSTERS.get(random.nextInt(2));
    var name = List.of("a", "b", "c", "d").get(random.nextInt(4));
    var object = cluster + "-" + name;
    try {
      switch (random.nextInt(5)) {
        case 0, 1 -> world.makeNamespace(SHOP, cluster, name, "pods=" + random.nextInt(8));
        case 2, 3 -> {
          if (world.namespaceOf(SHOP, object).isPresent()) {
            world.limit(SHOP, object, "pods=" + random.nextInt(12));
          }
        }
        default -> {
          if (random.nextBoolean()) strip(world, object);
          world.delete(SHOP, object);
        }
      }
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).isIn(403, 404, 409, 422);
    }
  }

  private static void assertThatAllHaveWhatTheLedgerSays(BusinessWorld world, long seed) {
    var clusters = world.status(SHOP).clusters();
    assertThat(clusters.values())
        .as("seed %d: somebody has something", seed)
        .anyMatch(ledger -> !ledger.namespaces().isEmpty());
    for (var cluster : CLUSTERS) {
      var granted = clusters.getOrDefault(cluster, new Ledger(null, null, null)).namespaces();
      granted.forEach((name, grant) -> {
        assertThat(grant.held()).as("%s, seed %d", name, seed).isNull();
        assertThat(world.quota(cluster, name).orElseThrow().getSpec().getHard())
            .as("%s, seed %d", name, seed)
            .isEqualTo(grant.hard());
        assertThat(world.status(SHOP, cluster + "-" + name).phase())
            .as("%s, seed %d", name, seed)
            .isEqualTo("Available");
      });
      for (var name : List.of("a", "b", "c", "d")) {
        assertThat(world.real(cluster, name).isPresent())
            .as("%s %s, seed %d", cluster, name, seed)
            .isEqualTo(granted.containsKey(name));
      }
    }
  }

  private static BusinessWorld shop(long seed) {
    return BusinessWorld.withBusiness(seed, SHOP);
  }
}
