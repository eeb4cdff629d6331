package io.ordinal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.ordinal.kube.Conditions;
import io.ordinal.kube.Pods;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nodes that fall silent, for good or not, and clocks that jump.
class NodeLossSimulationTest {
  private static final String SET =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: web, namespace: default}
      spec:
        selector: {matchLabels: {app: web}}
        serviceName: web
        replicas: 3
        template:
          metadata: {labels: {app: web}}
          spec:
            containers: [{name: web, image: web}]
      """;

  @TempDir Path folder;

  private ControllersWorld running(long seed) {
    var world = new ControllersWorld(seed, folder);
    List.of("n1", "n2", "n3").forEach(world.kubelets::addNode);
    world.apply(SET);
    world.settle();
    assertThat(pods(world)).allMatch(Pods::isRunningAndReady).hasSize(3);
    assertThat(pods(world)).extracting(p -> p.getSpec().getNodeName()).doesNotHaveDuplicates();
    return world;
  }

  private static List<Pod> pods(ControllersWorld world) {
    return world.admin.pods().inNamespace("default").list().getItems();
  }

  private static Node node(ControllersWorld world, String name) {
    return world.admin.nodes().withName(name).get();
  }

  @Test
  void aSilentNodeIsMarkedAndItsPodsAreEvictedInTime() {
    try (var world = running(1)) {
      String lost = world.nodeOf("web-1");
      world.kubelets.cutOff(lost);
      world.advance(Duration.ofSeconds(45));
      assertThat(Conditions.isTrue(node(world, lost), "Ready")).isTrue();
      world.advance(Duration.ofSeconds(15));
      assertThat(Conditions.find(node(world, lost), "Ready").orElseThrow().getStatus())
          .isEqualTo("Unknown");
      assertThat(node(world, lost).getSpec().getTaints())
          .extracting(t -> t.getKey() + ":" + t.getEffect())
          .containsExactlyInAnyOrder(
              "node.kubernetes.io/unreachable:NoSchedule",
              "node.kubernetes.io/unreachable:NoExecute");
      assertThat(Pods.isReady(world.pod("web-1").orElseThrow())).isFalse();
      world.advance(Duration.ofSeconds(280));
      assertThat(Pods.isTerminating(world.pod("web-1").orElseThrow())).isFalse();
      world.advance(Duration.ofMinutes(1));
      assertThat(Pods.isTerminating(world.pod("web-1").orElseThrow()))
          .as("told to end, and held: nobody knows whether it has")
          .isTrue();
      assertThat(world.nodeOf("web-1")).isEqualTo(lost);
    }
  }

  @Test
  void aNodeThatAPersonDeclaresOutOfServiceGivesItsPodsFree() {
    try (var world = running(2)) {
      String lost = world.nodeOf("web-1");
      world.kubelets.cutOff(lost);
      world.advance(Duration.ofSeconds(400));
      world
          .admin
          .resource(
              new NodeBuilder(node(world, lost))
                  .editSpec()
                  .addToTaints(
                      new Taint("NoExecute", "node.kubernetes.io/out-of-service", null, "gone"))
                  .endSpec()
                  .build())
          .update();
      world.settle();
      world.advance(Duration.ofSeconds(25));
      assertThat(world.nodeOf("web-1")).isNotEqualTo(lost);
      assertThat(pods(world)).allMatch(Pods::isRunningAndReady);
    }
  }

  @Test
  void aDeletedNodesPodsAreMovedAfterItWasMissingForAWhile() {
    try (var world = running(3)) {
      String lost = world.nodeOf("web-2");
      world.kubelets.cutOff(lost);
      world.admin.nodes().withName(lost).delete();
      world.advance(Duration.ofSeconds(30));
      assertThat(world.nodeOf("web-2")).isEqualTo(lost);
      world.advance(Duration.ofMinutes(1));
      assertThat(world.nodeOf("web-2")).isNotEqualTo(lost);
    }
  }

  @Test
  void aNodeThatComesBackIsAsBefore() {
    try (var world = running(4)) {
      String lost = world.nodeOf("web-0");
      world.kubelets.cutOff(lost);
      world.advance(Duration.ofMinutes(2));
      world.kubelets.reconnect(lost);
      world.advance(Duration.ofSeconds(20));
      assertThat(Conditions.isTrue(node(world, lost), "Ready")).isTrue();
      assertThat(node(world, lost).getSpec().getTaints()).isEmpty();
    }
  }

  @ParameterizedTest(name = "clock jumps by {0} minutes")
  @ValueSource(longs = {60, -60})
  void aJumpOfTheClockHarmsNobody(long minutes) {
    try (var world = running(5)) {
      List<String> before = pods(world).stream().map(p -> p.getMetadata().getUid()).toList();
      world.advance(Duration.ofSeconds(30));
      world.clock.jump(Duration.ofMinutes(minutes));
      world.settle();
      world.advance(Duration.ofSeconds(400));
      assertThat(pods(world)).extracting(p -> p.getMetadata().getUid()).isEqualTo(before);
      assertThat(world.admin.nodes().list().getItems())
          .allMatch(n -> Conditions.isTrue(n, "Ready"))
          .allMatch(n -> n.getSpec().getTaints().isEmpty());
    }
  }

  @Test
  void aPodThatFitsNowhereSaysWhyAndGoesWhenItCan() {
    try (var world = running(6)) {
      for (Node each : world.admin.nodes().list().getItems()) {
        world
            .admin
            .resource(new NodeBuilder(each).editSpec().withUnschedulable(true).endSpec().build())
            .update();
      }
      world.settle();
      world.apply(
          "{apiVersion: v1, kind: Pod, metadata: {name: late, namespace: default}, spec: {containers: [{name: c, image: i}]}}");
      world.settle();
      assertThat(Conditions.find(world.pod("late").orElseThrow(), "PodScheduled").orElseThrow())
          .matches(c -> "Unschedulable".equals(c.getReason()))
          .matches(c ->
              c.getMessage()
                  .equals(
                      "0/3 nodes are available: 3 node(s) were unschedulable. preemption: 0/3"
                          + " nodes are available: 3 Preemption is not helpful for"
                          + " scheduling."));
      Node freed = node(world, "n2");
      world
          .admin
          .resource(new NodeBuilder(freed).editSpec().withUnschedulable(null).endSpec().build())
          .update();
      world.settle();
      assertThat(world.nodeOf("late")).isEqualTo("n2");
      assertThat(world.admin.v1().events().inNamespace("default").list().getItems())
          .anyMatch(e -> "Successfully assigned default/late to n2".equals(e.getMessage()));
    }
  }

  @Test
  void eventsLiveForAnHour() {
    try (var world = running(7)) {
      assertThat(world.admin.v1().events().inNamespace("default").list().getItems()).isNotEmpty();
      world.advance(Duration.ofMinutes(66));
      assertThat(world.admin.v1().events().inNamespace("default").list().getItems()).isEmpty();
    }
  }
}
