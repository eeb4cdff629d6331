package example;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.testing.OrdinalCluster;
import io.ordinal.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@OrdinalCluster(nodes = 2)
class SizeOperatorTest {

  /// The operator under test: a config map says how large the set shall be.
  record SizeOperator(KubernetesClient client) {
    void reconcile() {
      var wish = client.configMaps().inNamespace("default").withName("size").get();
      var set = client.apps().statefulSets().inNamespace("default").withName("web");
      int size = Integer.parseInt(wish.getData().get("replicas"));
      if (set.get().getSpec().getReplicas() != size) set.scale(size);
    }
  }

  @Test
  void theSetFollowsTheWish(KubernetesClient client, TestCluster cluster) throws IOException {
    client.load(Files.newInputStream(Path.of("../examples/web.yaml"))).create();
    client.resource(size("4")).create();
    new SizeOperator(client).reconcile();
    cluster.await(() -> ready(client) == 4);
    assertThat(client.persistentVolumeClaims().inNamespace("default").list().getItems()).hasSize(4);
  }

  private static ConfigMap size(String replicas) {
    var meta = new ConfigMapBuilder().withNewMetadata().withNamespace("default").withName("size");
    return meta.endMetadata().addToData("replicas", replicas).build();
  }

  private static int ready(KubernetesClient client) {
    var status =
        client.apps().statefulSets().inNamespace("default").withName("web").get().getStatus();
    return status == null || status.getReadyReplicas() == null ? 0 : status.getReadyReplicas();
  }
}
