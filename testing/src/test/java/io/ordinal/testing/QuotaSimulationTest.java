package io.ordinal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Quotas in a whole cluster: what they let in, and what their status says.
class QuotaSimulationTest {
  private static final int MOST_PODS = 6;
  private static final Quantity NOTHING = new Quantity("0");
  private static final String SPACE =
      """
      {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
      ---
      {apiVersion: v1, kind: ResourceQuota, metadata: {name: q, namespace: shop},
       spec: {hard: {pods: '6', requests.cpu: '3', count/pods: '9', configmaps: '5', services: '3',
         persistentvolumeclaims: '4', requests.storage: 4Gi, count/statefulsets.apps: '2'}}}
      ---
      {apiVersion: v1, kind: LimitRange, metadata: {name: r, namespace: shop},
       spec: {limits: [{type: Container, defaultRequest: {cpu: 250m}}]}}
      """;

  private static String set(String name, int replicas) {
    return """
    {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: %1$s, namespace: shop},
     spec: {replicas: %2$d, serviceName: %1$s, podManagementPolicy: Parallel,
       selector: {matchLabels: {app: %1$s}},
       template: {metadata: {labels: {app: %1$s}}, spec: {terminationGracePeriodSeconds: 5,
         containers: [{name: c, image: 'x:1', command: [sleep]}]}},
       volumeClaimTemplates: [{metadata: {name: d}, spec: {accessModes: [ReadWriteOnce],
         resources: {requests: {storage: 1Gi}}}}]}}
    """
        .formatted(name, replicas);
  }

  @Test
  void aSetGetsAsManyPodsAsTheQuotaAllowsAndTheRestWhenThereIsRoom() {
    try (var world = opened(1)) {
      world.apply(set("a", 3));
      world.apply(set("b", 3));
      world.settle();
      assertThat(podsIn(world)).as("claims run out first").hasSize(4);
      assertThat(used(world)).containsEntry("pods", "4").containsEntry("requests.storage", "4Gi");
      assertThat(used(world)).containsEntry("requests.cpu", "1");
      delete(world, StatefulSet.class, "a");
      world.pass(Duration.ofMinutes(1));
      deleteClaims(world);
      world.pass(Duration.ofMinutes(2));
      assertThat(podsIn(world)).hasSize(3).allMatch(p -> p.getMetadata().getName().startsWith("b"));
      assertThat(used(world)).containsEntry("pods", "3").containsEntry("requests.storage", "3Gi");
    }
  }

  @Test
  void theStatusFollowsTheQuotaAndItsKinds() {
    try (var world = opened(2)) {
      assertThat(used(world))
          .containsEntry("configmaps", "1")
          .containsEntry("count/statefulsets.apps", "0");
      world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: shop}}");
      world.settle();
      assertThat(used(world)).containsEntry("configmaps", "2");
      limit(world, "count/limitranges", "7");
      assertThat(used(world)).containsOnly(Map.entry("count/limitranges", "1"));
      assertThat(quota(world).getStatus().getHard()).containsOnlyKeys("count/limitranges");
    }
  }

  @Test
  void aKindIsCountedAsSoonAsItIsDefined() {
    try (var world = opened(3)) {
      limit(world, "count/sizes.example.com", "1");
      world.apply(CustomResourceTest.DEFINITION);
      world.apply("{apiVersion: example.com/v1, kind: Size, metadata: {name: s, namespace: shop}}");
      world.settle();
      assertThat(used(world)).containsEntry("count/sizes.example.com", "1");
    }
  }

  /// From now on the quota limits this and nothing else.
  private static void limit(World world, String what, String most) {
    world
        .admin
        .resourceQuotas()
        .inNamespace("shop")
        .withName("q")
        .edit(q -> {
          q.getSpec().setHard(Map.of(what, new Quantity(most)));
          return q;
        });
    world.settle();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void neverMoreIsThereThanIsAllowedAndTheStatusIsTrueInTheEnd(long seed) {
    try (var world = opened(seed)) {
      world.always(() -> {
        var pods = podsIn(world);
        assertThat(pods.stream().filter(p -> !hasEnded(p)).count())
            .as("living pods, seed %d", seed)
            .isLessThanOrEqualTo(MOST_PODS);
        assertThat(cpu(pods)).as("cpu, seed %d", seed).isLessThanOrEqualTo(new BigDecimal("3"));
      });
      var random = new Random(seed);
      for (int i = 0; i < 30; i++) {
        act(world, random);
        if (random.nextInt(12) == 0) world.cluster.restartControlPlane();
        else if (random.nextInt(8) == 0) world.cluster.restartControllers();
        world.pass(Duration.ofMillis(random.nextInt(3000)));
      }
      world.pass(Duration.ofMinutes(2));
      assertThatTheStatusIsTrue(world, seed);
    }
  }

  private static void act(World world, Random random) {
    String name = List.of("a", "b", "c").get(random.nextInt(3));
    try {
      switch (random.nextInt(7)) {
        case 0 -> world.apply(set(name, 1 + random.nextInt(4)));
        case 1 ->
            world
                .admin
                .apps()
                .statefulSets()
                .inNamespace("shop")
                .withName(name)
                .scale(random.nextInt(6));
        case 2 -> delete(world, StatefulSet.class, name);
        case 3 -> world.apply(pod("p-" + random.nextInt(6), random.nextInt(900)));
        case 4 -> delete(world, Pod.class, "p-" + random.nextInt(6));
        case 5 -> deleteClaims(world);
        default ->
            world.apply(
                "{apiVersion: v1, kind: Service, metadata: {name: s-%d, namespace: shop}, spec: {ports: [{port: 80}]}}"
                    .formatted(random.nextInt(5)));
      }
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).isIn(403, 404, 409);
    }
  }

  private static String pod(String name, int millis) {
    return "{apiVersion: v1, kind: Pod, metadata: {name: %s, namespace: shop}, spec: {containers: [{name: c, image: 'x:1', command: [sleep], resources: {requests: {cpu: %dm}}}]}}"
        .formatted(name, millis);
  }

  private static void delete(World world, Class<? extends HasMetadata> type, String name) {
    world.admin.resources(type).inNamespace("shop").withName(name).delete();
  }

  private static void deleteClaims(World world) {
    world.admin.persistentVolumeClaims().inNamespace("shop").delete();
  }

  private static void assertThatTheStatusIsTrue(World world, long seed) {
    var used = used(world);
    var pods = podsIn(world);
    var living = pods.stream().filter(p -> !hasEnded(p)).count();
    assertThat(used).as("seed %d", seed).containsEntry("pods", Long.toString(living));
    assertThat(used).containsEntry("count/pods", Integer.toString(pods.size()));
    assertThat(Quantity.parse(used.get("requests.cpu")).getNumericalAmount())
        .as("seed %d", seed)
        .isEqualByComparingTo(cpu(pods));
    var claims = world.admin.persistentVolumeClaims().inNamespace("shop").list().getItems().size();
    assertThat(used).containsEntry("persistentvolumeclaims", Integer.toString(claims));
    var services = world.admin.services().inNamespace("shop").list().getItems().size();
    assertThat(used).containsEntry("services", Integer.toString(services));
  }

  private static boolean hasEnded(Pod pod) {
    return List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase());
  }

  private static BigDecimal cpu(List<Pod> pods) {
    return pods.stream()
        .filter(p -> !hasEnded(p))
        .flatMap(p -> p.getSpec().getContainers().stream())
        .map(c -> c.getResources().getRequests().getOrDefault("cpu", NOTHING).getNumericalAmount())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static World opened(long seed) {
    var world = new World(seed, 2);
    world.apply(SPACE);
    world.settle();
    return world;
  }

  private static List<Pod> podsIn(World world) {
    return world.admin.pods().inNamespace("shop").list().getItems();
  }

  private static ResourceQuota quota(World world) {
    return world.admin.resourceQuotas().inNamespace("shop").withName("q").get();
  }

  private static Map<String, String> used(World world) {
    var used = new TreeMap<String, String>();
    quota(world).getStatus().getUsed().forEach((name, q) -> used.put(name, q.toString()));
    return used;
  }
}
