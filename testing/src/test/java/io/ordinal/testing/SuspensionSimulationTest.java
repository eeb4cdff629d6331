package io.ordinal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.kube.Pods;
import io.ordinal.node.runtime.ContainerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A cluster that is taken down in order, and started again.
class SuspensionSimulationTest {
  private static final String SET =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: web, namespace: default}
      spec:
        selector: {matchLabels: {app: web}}
        serviceName: web
        replicas: 2
        template:
          metadata: {labels: {app: web}}
          spec:
            initContainers: [{name: proxy, image: proxy, restartPolicy: Always}]
            containers: [{name: web, image: web}]
      """;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void podsStopWithoutAWordToTheApiAndRunAgain(long seed) {
    try (var world = new SimulatedCluster(seed, 1)) {
      try (var client = world.client();
          var yaml =
              new java.io.ByteArrayInputStream(
                  SET.getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
        client.load(yaml).create();
      } catch (java.io.IOException e) {
        throw new AssertionError(e);
      }
      assertThat(world.await(() -> areReady(pods(world)), Duration.ofMinutes(2))).isTrue();
      var before = pods(world);

      var agent = world.agent("node-1");
      assertThat(agent.podsAreStill()).isFalse();
      assertThat(agent.suspendPods()).isEqualTo(Duration.ofSeconds(30));
      assertThat(world.await(agent::podsAreStill, Duration.ofMinutes(1))).isTrue();
      assertThat(world.runtime("node-1").containers(Map.of()))
          .isNotEmpty()
          .noneMatch(ContainerStatus::running);
      assertThat(pods(world)).as("as they were").isEqualTo(before);

      world.returnNode("node-1");
      assertThat(world.await(() -> runs(world), Duration.ofMinutes(5))).isTrue();
      assertThat(pods(world))
          .extracting(pod -> pod.getMetadata().getUid())
          .isEqualTo(before.stream().map(pod -> pod.getMetadata().getUid()).toList());
      assertThat(world.refusals()).isZero();
    }
  }

  private static List<Pod> pods(SimulatedCluster world) {
    try (var client = world.client()) {
      return client.pods().inNamespace("default").list().getItems();
    }
  }

  private static boolean areReady(List<Pod> pods) {
    return pods.size() == 2 && pods.stream().allMatch(Pods::isRunningAndReady);
  }

  private static boolean runs(SimulatedCluster world) {
    var running =
        world.runtime("node-1").containers(Map.of()).stream().filter(ContainerStatus::running);
    return running.count() == 4 && areReady(pods(world));
  }
}
