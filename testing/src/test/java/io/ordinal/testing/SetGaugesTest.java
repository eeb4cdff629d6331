package io.ordinal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// C26: the metrics say how many pods may be unavailable, and how many are.
class SetGaugesTest {
  private static final String PREFIX = "statefulset_controller_statefulset_";

  @ParameterizedTest
  @CsvSource({"OrderedReady, 1", "OrderedReady, 2", "Parallel, 1", "Parallel, 3"})
  void metricsFollowASet(String policy, int limit) {
    try (var world = new World(1, 1)) {
      var sets = world.admin.apps().statefulSets().inNamespace("default");
      world
          .admin
          .resource(
              world
                  .admin
                  .getKubernetesSerialization()
                  .unmarshal(set(policy, limit), StatefulSet.class))
          .create();
      var labels =
          "{pod_management_policy=\"%s\",statefulset_name=\"db\",statefulset_namespace=\"default\"} "
              .formatted(policy);
      await(world, () -> unavailable(world, labels, 0));
      assertThat(metrics(world)).contains(PREFIX + "max_unavailable" + labels + limit + "\n");

      world.cluster.loseNode("node-1");
      await(world, () -> unavailable(world, labels, 4));

      sets.withName("db")
          .edit(set -> {
            set.getSpec().getUpdateStrategy().setType("OnDelete");
            set.getSpec().getUpdateStrategy().setRollingUpdate(null);
            return set;
          });
      await(world, () -> !metrics(world).contains("statefulset_name=\"db\""));

      sets.withName("db")
          .edit(set -> {
            set.getSpec().getUpdateStrategy().setType("RollingUpdate");
            return set;
          });
      await(world, () -> unavailable(world, labels, 4));
      sets.withName("db").delete();
      await(world, () -> !metrics(world).contains("statefulset_name=\"db\""));
    }
  }

  private static boolean unavailable(World world, String labels, int count) {
    return metrics(world).contains(PREFIX + "unavailable_replicas" + labels + count + "\n");
  }

  private static void await(World world, java.util.function.BooleanSupplier condition) {
    assertThat(world.cluster.await(condition, Duration.ofMinutes(5))).isTrue();
  }

  private static String metrics(World world) {
    return new String(world.cluster.plane().api().metrics().text(), StandardCharsets.UTF_8);
  }

  private static String set(String policy, int limit) {
    return """
    {"apiVersion": "apps/v1", "kind": "StatefulSet",
     "metadata": {"name": "db", "namespace": "default"},
     "spec": {"serviceName": "db", "replicas": 4, "podManagementPolicy": "%s",
       "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": %d}},
       "selector": {"matchLabels": {"app": "db"}},
       "template": {"metadata": {"labels": {"app": "db"}},
         "spec": {"containers": [{"name": "db", "image": "db:1", "imagePullPolicy": "IfNotPresent"}]}}}}
    """
        .formatted(policy, limit);
  }
}
