package io.ordinal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Claims, volumes, scheduler and StatefulSets together, against the real API server.
class StorageSimulationTest {
  static final String GUIDE =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: nginx, namespace: default, labels: {app: nginx}}
      spec:
        ports: [{port: 80, name: web}]
        clusterIP: None
        selector: {app: nginx}
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: web, namespace: default}
      spec:
        selector: {matchLabels: {app: nginx}}
        serviceName: nginx
        replicas: 3
        template:
          metadata: {labels: {app: nginx}}
          spec:
            terminationGracePeriodSeconds: 10
            containers:
            - name: nginx
              image: nginx:latest
              ports: [{containerPort: 80, name: web}]
              volumeMounts: [{name: www, mountPath: /usr/share/nginx/html}]
        volumeClaimTemplates:
        - metadata: {name: www}
          spec:
            accessModes: [ReadWriteOnce]
            storageClassName: cbs
            resources: {requests: {storage: 10Gi}}
      """;

  private static PersistentVolumeClaim claim(World world, String name) {
    return world.admin.persistentVolumeClaims().inNamespace("default").withName(name).get();
  }

  private static PersistentVolume volumeOf(World world, String claim) {
    return world
        .admin
        .persistentVolumes()
        .withName(claim(world, claim).getSpec().getVolumeName())
        .get();
  }

  private static World threeNodes(long seed) {
    return new World(seed, 3);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theGuidesSetRunsWhateverIsRestarted(long seed) {
    try (var world = threeNodes(seed)) {
      var random = new Random(seed);
      world.apply(GUIDE);
      for (int i = 0; i < 400; i++) {
        world.cluster.step();
        if (random.nextInt(60) == 0) {
          world.cluster.restartControllers();
        }
      }
      world.settle();
      world.pass(Duration.ofSeconds(30));
      for (int ordinal = 0; ordinal < 3; ordinal++) {
        String pod = "web-" + ordinal;
        assertThat(world.pod(pod)).as("seed %d: %s", seed, pod).isPresent();
        assertThat(world.pod(pod).orElseThrow().getStatus().getPhase())
            .as("seed %d: %s", seed, pod)
            .isEqualTo("Running");
        var volume = volumeOf(world, "www-" + pod);
        assertThat(volume.getStatus().getPhase()).isEqualTo("Bound");
        assertThat(volume.getSpec().getNodeAffinity().toString()).contains(world.nodeOf(pod));
        assertThat(claim(world, "www-" + pod).getStatus().getPhase()).isEqualTo("Bound");
        assertThat(world.cluster.volumes().names()).contains(volume.getMetadata().getName());
      }
      assertThat(world.cluster.volumes().names()).hasSize(3);
    }
  }

  @Test
  void aPodComesBackToItsVolume() {
    try (var world = threeNodes(1)) {
      world.apply(GUIDE);
      world.settle();
      String node = world.nodeOf("web-1");
      String volume = claim(world, "www-web-1").getSpec().getVolumeName();
      String uid = world.pod("web-1").orElseThrow().getMetadata().getUid();
      world.admin.pods().inNamespace("default").withName("web-1").delete();
      world.settle();
      var back = world.pod("web-1").orElseThrow();
      assertThat(back.getMetadata().getUid()).isNotEqualTo(uid);
      assertThat(back.getSpec().getNodeName()).isEqualTo(node);
      assertThat(claim(world, "www-web-1").getSpec().getVolumeName()).isEqualTo(volume);
    }
  }

  @Test
  void aClaimInUseStaysUntilItsPodIsGoneThenItsDataGoes() {
    try (var world = threeNodes(1)) {
      world.apply(GUIDE);
      world.settle();
      String volume = claim(world, "www-web-2").getSpec().getVolumeName();
      world.admin.persistentVolumeClaims().inNamespace("default").withName("www-web-2").delete();
      world.settle();
      assertThat(claim(world, "www-web-2").getMetadata().getDeletionTimestamp()).isNotNull();
      assertThat(world.cluster.volumes().names()).contains(volume);
      world.admin.apps().statefulSets().inNamespace("default").withName("web").scale(2);
      world.settle();
      assertThat(claim(world, "www-web-2")).isNull();
      assertThat(world.admin.persistentVolumes().withName(volume).get()).isNull();
      assertThat(world.cluster.volumes().names()).doesNotContain(volume).hasSize(2);
    }
  }

  @Test
  void aRetainedVolumeKeepsItsDataAlsoWhenItsObjectIsDeleted() {
    try (var world = threeNodes(1)) {
      world.apply(GUIDE);
      world.settle();
      var volume = volumeOf(world, "www-web-2");
      volume.getSpec().setPersistentVolumeReclaimPolicy("Retain");
      world.admin.resource(volume).update();
      world.admin.apps().statefulSets().inNamespace("default").withName("web").scale(2);
      world.settle();
      world.admin.persistentVolumeClaims().inNamespace("default").withName("www-web-2").delete();
      world.settle();
      String name = volume.getMetadata().getName();
      assertThat(world.admin.persistentVolumes().withName(name).get().getStatus().getPhase())
          .isEqualTo("Released");
      world.admin.persistentVolumes().withName(name).delete();
      world.settle();
      assertThat(world.admin.persistentVolumes().withName(name).get()).isNull();
      assertThat(world.cluster.volumes().names()).contains(name);
    }
  }

  @Test
  void anImmediateClaimIsBoundBeforeAnybodyUsesIt() {
    try (var world = threeNodes(1)) {
      world.apply(
          """
          apiVersion: storage.k8s.io/v1
          kind: StorageClass
          metadata: {name: now}
          provisioner: ordinal.io/local
          volumeBindingMode: Immediate
          ---
          apiVersion: v1
          kind: PersistentVolumeClaim
          metadata: {name: data, namespace: default}
          spec:
            storageClassName: now
            accessModes: [ReadWriteOnce]
            resources: {requests: {storage: 1Gi}}
          """);
      world.settle();
      assertThat(claim(world, "data").getStatus().getPhase()).isEqualTo("Bound");
      assertThat(claim(world, "data").getStatus().getCapacity())
          .containsEntry("storage", new Quantity("1Gi"));
    }
  }

  @Test
  void aClaimWithoutClassWaitsForItsFirstConsumer() {
    try (var world = threeNodes(1)) {
      world.apply(
          """
          apiVersion: v1
          kind: PersistentVolumeClaim
          metadata: {name: data, namespace: default}
          spec:
            accessModes: [ReadWriteOnce]
            resources: {requests: {storage: 1Gi}}
          """);
      world.settle();
      assertThat(claim(world, "data").getSpec().getStorageClassName()).isEqualTo("standard");
      assertThat(claim(world, "data").getStatus().getPhase()).isEqualTo("Pending");
      assertThat(world.admin.v1().events().inNamespace("default").list().getItems())
          .anyMatch(e -> "WaitForFirstConsumer".equals(e.getReason()));
    }
  }

  @Test
  void aDeletedClassDoesNotComeBack() {
    try (var world = threeNodes(1)) {
      world.settle();
      world.admin.storage().v1().storageClasses().withName("standard").delete();
      world.cluster.restartControllers();
      world.settle();
      assertThat(world.admin.storage().v1().storageClasses().list().getItems())
          .isNotEmpty()
          .noneMatch(each -> each.getMetadata().getName().equals("standard"));
    }
  }
}
