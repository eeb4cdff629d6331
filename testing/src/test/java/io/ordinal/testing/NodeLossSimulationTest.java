package io.ordinal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.ordinal.kube.Conditions;
import io.ordinal.kube.Pods;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
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

  /// One becomes ready after 20 s, the other needs 8 s of its grace to end.
  private static final String PROBED =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: probed
        namespace: default
        annotations: {simulated.ordinal.io/ready: after 20s}
      spec:
        containers: [{name: c, image: i, readinessProbe: {periodSeconds: 5, tcpSocket: {port: 1}}}]
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        name: slow
        namespace: default
        annotations: {simulated.ordinal.io/stop-delay: 8s}
      spec:
        terminationGracePeriodSeconds: 20
        containers: [{name: c, image: i}]
      """;

  private static World running(long seed) {
    var world = new World(seed, 3);
    world.apply(SET);
    world.settle();
    assertThat(world.pods()).allMatch(Pods::isRunningAndReady).hasSize(3);
    assertThat(world.pods()).extracting(p -> p.getSpec().getNodeName()).doesNotHaveDuplicates();
    return world;
  }

  @Test
  void aSilentNodeIsMarkedAndItsPodsAreEvictedInTime() {
    try (var world = running(1)) {
      String lost = world.nodeOf("web-1");
      world.cluster.cutOff(lost);
      world.pass(Duration.ofSeconds(38));
      assertThat(Conditions.isTrue(world.node(lost), "Ready")).isTrue();
      world.pass(Duration.ofSeconds(22));
      assertThat(Conditions.find(world.node(lost), "Ready").orElseThrow().getStatus())
          .isEqualTo("Unknown");
      assertThat(world.node(lost).getSpec().getTaints())
          .extracting(t -> t.getKey() + ":" + t.getEffect())
          .containsExactlyInAnyOrder(
              "node.kubernetes.io/unreachable:NoSchedule",
              "node.kubernetes.io/unreachable:NoExecute");
      assertThat(Pods.isReady(world.pod("web-1").orElseThrow())).isFalse();
      world.pass(Duration.ofSeconds(280));
      assertThat(Pods.isTerminating(world.pod("web-1").orElseThrow())).isFalse();
      world.pass(Duration.ofMinutes(1));
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
      world.cluster.cutOff(lost);
      world.pass(Duration.ofSeconds(400));
      world
          .admin
          .resource(
              new NodeBuilder(world.node(lost))
                  .editSpec()
                  .addToTaints(
                      new Taint("NoExecute", "node.kubernetes.io/out-of-service", null, "gone"))
                  .endSpec()
                  .build())
          .update();
      world.settle();
      world.pass(Duration.ofSeconds(25));
      assertThat(world.nodeOf("web-1")).isNotEqualTo(lost);
      assertThat(world.pods()).allMatch(Pods::isRunningAndReady);
    }
  }

  @Test
  void aDeletedNodesPodsAreMovedAfterItWasMissingForAWhile() {
    try (var world = running(3)) {
      String lost = world.nodeOf("web-2");
      world.cluster.cutOff(lost);
      world.admin.nodes().withName(lost).delete();
      world.pass(Duration.ofSeconds(30));
      assertThat(world.nodeOf("web-2")).isEqualTo(lost);
      world.pass(Duration.ofMinutes(1));
      assertThat(world.nodeOf("web-2")).isNotEqualTo(lost);
    }
  }

  /// What the node lifecycle wrote of the node and its pods meanwhile does not outlive the silence.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {4, 5, 6})
  void aNodeThatComesBackIsAsBefore(long seed) {
    try (var world = running(seed)) {
      String lost = world.nodeOf("web-0");
      world.cluster.cutOff(lost);
      world.pass(Duration.ofMinutes(2));
      assertThat(Pods.isReady(world.pod("web-0").orElseThrow())).isFalse();
      world.scale("web", 4);
      world.settle();
      assertThat(world.pod("web-3")).as("waits for those before it").isEmpty();
      world.cluster.reconnect(lost);
      world.pass(Duration.ofSeconds(30));
      assertThat(Conditions.isTrue(world.node(lost), "Ready")).isTrue();
      assertThat(world.node(lost).getSpec().getTaints()).isEmpty();
      assertThat(world.pods()).hasSize(4).allMatch(Pods::isRunningAndReady);
      assertThat(world.pods()).allMatch(pod -> restarts(pod) == 0);
    }
  }

  /// Another agent adopts what runs; what was said of it while nobody was there does not last.
  @Test
  void aNodeWhoseAgentCameBackIsAsBefore() {
    try (var world = running(7)) {
      String lost = world.nodeOf("web-0");
      world.cluster.loseNode(lost);
      world.pass(Duration.ofMinutes(2));
      assertThat(Pods.isReady(world.pod("web-0").orElseThrow())).isFalse();
      world.cluster.returnNode(lost);
      world.pass(Duration.ofSeconds(30));
      assertThat(Conditions.isTrue(world.node(lost), "Ready")).isTrue();
      assertThat(world.pods()).hasSize(3).allMatch(Pods::isRunningAndReady);
      assertThat(world.pods()).allMatch(pod -> restarts(pod) == 0);
    }
  }

  private static int restarts(Pod pod) {
    return pod.getStatus().getContainerStatuses().getFirst().getRestartCount();
  }

  @ParameterizedTest(name = "clock jumps by {0} minutes")
  @ValueSource(longs = {60, -60})
  void aJumpOfTheClockHarmsNobody(long minutes) {
    try (var world = running(5)) {
      List<String> before = world.pods().stream().map(p -> p.getMetadata().getUid()).toList();
      world.pass(Duration.ofSeconds(30));
      world.always(() -> assertThat(world.pods()).allMatch(Pods::isReady));
      int renewals = world.renewals();
      world.cluster.clock().jump(Duration.ofMinutes(minutes));
      world.pass(Duration.ofSeconds(400));
      assertThat(world.renewals() - renewals)
          .as("every ten seconds from each node")
          .isBetween(110, 130);
      assertThat(world.pods()).extracting(p -> p.getMetadata().getUid()).isEqualTo(before);
      assertThat(world.admin.nodes().list().getItems())
          .hasSize(3)
          .allMatch(n -> Conditions.isTrue(n, "Ready"))
          .allMatch(n -> n.getSpec().getTaints().isEmpty());
    }
  }

  /// Back-offs, probes and graces go on as if nobody had set the clock.
  @ParameterizedTest(name = "clock jumps by {0} minutes")
  @ValueSource(longs = {60, -60})
  void whatIsBeingWaitedForComesAlsoWhenTheClockJumps(long minutes) {
    try (var world = running(8)) {
      world.apply(PROBED);
      world.settle();
      crash(world, "web-0", "web");
      world.settle();
      crash(world, "web-0", "web");
      world.admin.pods().inNamespace("default").withName("slow").delete();
      world.pass(Duration.ofSeconds(2));
      assertThat(Pods.isReady(world.pod("web-0").orElseThrow())).as("backs off").isFalse();
      assertThat(Pods.isReady(world.pod("probed").orElseThrow())).as("not yet").isFalse();
      assertThat(world.pod("slow")).as("uses its grace").isPresent();
      world.cluster.clock().jump(Duration.ofMinutes(minutes));
      world.pass(Duration.ofSeconds(4));
      assertThat(world.pod("slow")).as("uses its grace").isPresent();
      world.pass(Duration.ofSeconds(26));
      assertThat(world.pods()).allMatch(Pods::isRunningAndReady).hasSize(4);
      assertThat(restarts(world.pod("web-0").orElseThrow())).isEqualTo(2);
      assertThat(world.pod("slow")).isEmpty();
    }
  }

  private static void crash(World world, String name, String container) {
    var pod = world.pod(name).orElseThrow();
    var runtime = world.cluster.runtime(pod.getSpec().getNodeName());
    runtime.crash(pod.getMetadata().getUid(), container, 1);
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
      Node freed = world.node("node-2");
      world
          .admin
          .resource(new NodeBuilder(freed).editSpec().withUnschedulable(null).endSpec().build())
          .update();
      world.settle();
      assertThat(world.nodeOf("late")).isEqualTo("node-2");
      assertThat(world.admin.v1().events().inNamespace("default").list().getItems())
          .anyMatch(e -> "Successfully assigned default/late to node-2".equals(e.getMessage()));
    }
  }

  @Test
  void eventsLiveForAnHour() {
    try (var world = running(7)) {
      assertThat(world.admin.v1().events().inNamespace("default").list().getItems()).isNotEmpty();
      world.pass(Duration.ofMinutes(66));
      assertThat(world.admin.v1().events().inNamespace("default").list().getItems()).isEmpty();
    }
  }
}
