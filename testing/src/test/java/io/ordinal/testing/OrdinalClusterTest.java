package io.ordinal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OrdinalCluster(nodes = 2)
class OrdinalClusterTest {

  @Test
  void aSetComesUpInOrder(KubernetesClient client, TestCluster cluster) {
    client.resource(set("db", 3)).create();
    cluster.await(() -> readyReplicas(client, "db") == 3);
    assertThat(created(client, "db-0")).isBeforeOrEqualTo(created(client, "db-1"));
    assertThat(created(client, "db-1")).isBeforeOrEqualTo(created(client, "db-2"));
  }

  @Test
  void aDeletedPodComesBackUnderItsName(KubernetesClient client, TestCluster cluster) {
    client.resource(set("db", 2)).create();
    cluster.await(() -> readyReplicas(client, "db") == 2);
    var before = uid(client, "db-1");
    client.pods().inNamespace("default").withName("db-1").delete();
    cluster.await(() -> readyReplicas(client, "db") == 2 && !before.equals(uid(client, "db-1")));
  }

  @Test
  void timePassesOnlyWhenTheTestSaysSo(TestCluster cluster) {
    var before = cluster.clock().instant();
    cluster.pass(Duration.ofHours(2));
    assertThat(Duration.between(before, cluster.clock().instant())).isEqualTo(Duration.ofHours(2));
  }

  private static int readyReplicas(KubernetesClient client, String name) {
    var set = client.apps().statefulSets().inNamespace("default").withName(name).get();
    if (set.getStatus() == null || set.getStatus().getReadyReplicas() == null) return 0;
    return set.getStatus().getReadyReplicas();
  }

  private static Instant created(KubernetesClient client, String pod) {
    return Instant.parse(
        client
            .pods()
            .inNamespace("default")
            .withName(pod)
            .get()
            .getMetadata()
            .getCreationTimestamp());
  }

  private static String uid(KubernetesClient client, String name) {
    var pod = client.pods().inNamespace("default").withName(name).get();
    return pod == null ? "" : pod.getMetadata().getUid();
  }

  private static StatefulSet set(String name, int replicas) {
    var labels = Map.of("app", name);
    return new StatefulSetBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withServiceName(name)
        .withNewSelector()
        .withMatchLabels(labels)
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("main")
        .withImage("db:1")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
