package io.ordinal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of those who belong to something that goes.
class GarbageCollectorSimulationTest {
  private static World running(long seed) {
    var world = new World(seed, 2);
    world.apply(StorageSimulationTest.GUIDE);
    world.settle();
    assertThat(pods(world)).as("seed %d", seed).isEqualTo(3);
    return world;
  }

  private static int pods(World world) {
    return world.admin.pods().inNamespace("default").list().getItems().size();
  }

  private static void delete(World world, DeletionPropagation policy) {
    world
        .admin
        .apps()
        .statefulSets()
        .inNamespace("default")
        .withName("web")
        .withPropagationPolicy(policy)
        .delete();
  }

  private static boolean setIsThere(World world) {
    return world.admin.apps().statefulSets().inNamespace("default").withName("web").get() != null;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void backgroundTakesThePodsAfterTheSet(long seed) {
    try (var world = running(seed)) {
      delete(world, DeletionPropagation.BACKGROUND);
      assertThat(setIsThere(world)).isFalse();
      world.settle();
      assertThat(pods(world)).as("seed %d", seed).isZero();
      assertThat(world.admin.apps().controllerRevisions().inNamespace("default").list().getItems())
          .isEmpty();
      assertThat(world.admin.persistentVolumeClaims().inNamespace("default").list().getItems())
          .as("claims are kept")
          .hasSize(3);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void foregroundTakesThePodsBeforeTheSet(long seed) {
    try (var world = running(seed)) {
      world.always(() ->
          assertThat(setIsThere(world) || pods(world) == 0)
              .as("the set goes last, seed %d", seed)
              .isTrue());
      delete(world, DeletionPropagation.FOREGROUND);
      assertThat(setIsThere(world)).isTrue();
      world.settle();
      assertThat(setIsThere(world)).as("seed %d", seed).isFalse();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void orphansStayAndAreAdoptedByASetOfTheSameName(long seed) {
    try (var world = running(seed)) {
      world.always(() -> assertThat(pods(world)).as("seed %d", seed).isEqualTo(3));
      delete(world, DeletionPropagation.ORPHAN);
      world.settle();
      assertThat(setIsThere(world)).isFalse();
      assertThat(world.admin.pods().inNamespace("default").list().getItems())
          .allMatch(p -> p.getMetadata().getOwnerReferences().isEmpty());
      String set =
          StorageSimulationTest.GUIDE.substring(StorageSimulationTest.GUIDE.indexOf("---"));
      world.apply(set);
      world.settle();
      assertThat(world.admin.pods().inNamespace("default").list().getItems())
          .allMatch(p -> p.getMetadata().getOwnerReferences().size() == 1);
    }
  }

  @Test
  void aServiceTakesItsSlicesAndEndpoints() {
    try (var world = running(1)) {
      assertThat(
              world
                  .admin
                  .discovery()
                  .v1()
                  .endpointSlices()
                  .inNamespace("default")
                  .list()
                  .getItems())
          .filteredOn(s -> s.getMetadata().getName().startsWith("nginx-"))
          .singleElement()
          .matches(s -> s.getEndpoints().size() == 3)
          .matches(
              s -> s.getEndpoints().stream().allMatch(e -> e.getHostname().startsWith("web-")));
      world.admin.services().inNamespace("default").withName("nginx").delete();
      world.settle();
      assertThat(
              world
                  .admin
                  .discovery()
                  .v1()
                  .endpointSlices()
                  .inNamespace("default")
                  .list()
                  .getItems())
          .noneMatch(s -> s.getMetadata().getName().startsWith("nginx-"));
      assertThat(world.admin.endpoints().inNamespace("default").withName("nginx").get()).isNull();
    }
  }

  @Test
  void aNamespaceGoesWithAllThatIsInIt() {
    try (var world = running(1)) {
      world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
      world.settle();
      assertThat(world.admin.serviceAccounts().inNamespace("shop").withName("default").get())
          .isNotNull();
      assertThat(world.admin.configMaps().inNamespace("shop").withName("kube-root-ca.crt").get())
          .isNotNull();
      world.apply(StorageSimulationTest.GUIDE.replace("namespace: default", "namespace: shop"));
      world.settle();
      assertThat(world.admin.pods().inNamespace("shop").list().getItems()).hasSize(3);
      world.admin.namespaces().withName("shop").delete();
      world.settle();
      world.pass(Duration.ofSeconds(30));
      assertThat(world.admin.namespaces().withName("shop").get()).isNull();
      assertThat(world.admin.pods().inNamespace("shop").list().getItems()).isEmpty();
      assertThat(world.admin.persistentVolumes().list().getItems()).hasSize(3);
      assertThat(pods(world)).isEqualTo(3);
    }
  }
}
