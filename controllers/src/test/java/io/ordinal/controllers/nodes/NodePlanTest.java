package io.ordinal.controllers.nodes;

import static io.ordinal.controllers.manifests.Manifests.node;
import static io.ordinal.controllers.manifests.Manifests.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodePlanTest {
  private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

  private static NodePlan plan(Node node, int silentSeconds, boolean othersReady) {
    return NodePlan.of(node, Duration.ofSeconds(silentSeconds), othersReady, NOW);
  }

  private static List<String> taints(NodePlan plan) {
    return plan.taints().orElseThrow().stream().map(t -> t.getKey() + ":" + t.getEffect()).toList();
  }

  @Test
  void aNodeThatIsHeardOfIsLeftAlone() {
    assertThat(plan(node("n1"), 50, true))
        .matches(p -> p.conditions().isEmpty() && p.taints().isEmpty());
  }

  @Test
  void aSilentNodeIsUnknownAndUnreachable() {
    var plan = plan(node("n1"), 51, true);
    assertThat(plan.fellSilent()).isTrue();
    assertThat(plan.conditions())
        .extracting(c -> c.getType() + " " + c.getStatus())
        .containsExactly(
            "Ready Unknown",
            "MemoryPressure Unknown",
            "DiskPressure Unknown",
            "PIDPressure Unknown");
    assertThat(plan.conditions().getFirst().getReason()).isEqualTo("NodeStatusUnknown");
    assertThat(taints(plan))
        .containsExactly(
            "node.kubernetes.io/unreachable:NoSchedule",
            "node.kubernetes.io/unreachable:NoExecute");
  }

  @Test
  void whereNoOtherNodeIsWellNobodyIsEvicted() {
    assertThat(taints(plan(node("n1"), 51, false)))
        .containsExactly("node.kubernetes.io/unreachable:NoSchedule");
  }

  @Test
  void aNodeThatSaysItIsNotReadyIsTaintedSo() {
    var unwell = node("n1");
    unwell.getStatus().getConditions().getFirst().setStatus("False");
    assertThat(taints(plan(unwell, 0, true)))
        .containsExactly(
            "node.kubernetes.io/not-ready:NoSchedule", "node.kubernetes.io/not-ready:NoExecute");
  }

  @Test
  void taintsGoWhenTheirReasonDoesAndOthersStay() {
    var back =
        new NodeBuilder(node("n1"))
            .editSpec()
            .addToTaints(
                new Taint("NoExecute", "node.kubernetes.io/unreachable", null, null),
                new Taint("NoSchedule", "dedicated", null, "db"))
            .endSpec()
            .build();
    assertThat(taints(plan(back, 0, true))).containsExactly("dedicated:NoSchedule");
  }

  @Test
  void aCordonedNodeIsTainted() {
    assertThat(taints(plan(node("n1", "", "unschedulable: true"), 0, true)))
        .containsExactly("node.kubernetes.io/unschedulable:NoSchedule");
  }

  @Test
  void silenceIsCountedFromTheLastSignSeenWhateverItSays() {
    var heartbeats = new Heartbeats();
    var start = Instant.EPOCH;
    heartbeats.see("n1", "lease of 2099", start);
    heartbeats.see("n1", "lease of 2099", start.plusSeconds(40));
    assertThat(heartbeats.silence("n1", start.plusSeconds(45))).hasSeconds(45);
    heartbeats.see("n1", "lease of 1999", start.plusSeconds(46));
    assertThat(heartbeats.silence("n1", start.plusSeconds(47))).hasSeconds(1);
    assertThat(heartbeats.silence("unknown", start)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | 0",
        "'tolerations: [{key: k, operator: Exists, effect: NoExecute, tolerationSeconds: 300}]' | 300",
        "'tolerations: [{key: k, operator: Exists, tolerationSeconds: 300}, {operator: Exists, tolerationSeconds: 60}]' | 60",
        "'tolerations: [{operator: Exists}]' | -1",
        "'tolerations: [{key: k, operator: Exists, effect: NoSchedule}]' | 0",
      })
  void aPodBearsATaintForItsTime(String spec, long seconds) {
    var plan = EvictionPlan.of(pod("a", spec), List.of(new Taint("NoExecute", "k", null, null)));
    assertThat(plan)
        .isEqualTo(
            seconds < 0
                ? new EvictionPlan.Stays()
                : new EvictionPlan.GoesAfter(Duration.ofSeconds(seconds)));
  }

  private static Pod on(String node, boolean terminating, String phase) {
    return new PodBuilder(
            pod("p-" + node + phase + terminating, node.isEmpty() ? "" : "nodeName: " + node))
        .editMetadata()
        .withDeletionTimestamp(terminating ? "2026-01-01T00:00:00Z" : null)
        .withCreationTimestamp("2026-01-01T00:00:00Z")
        .endMetadata()
        .withNewStatus()
        .withPhase(phase)
        .endStatus()
        .build();
  }

  @Test
  void podsThatNobodyLooksAfterAreFound() {
    var off =
        new NodeBuilder(node("off"))
            .editSpec()
            .addToTaints(new Taint("NoExecute", "node.kubernetes.io/out-of-service", null, null))
            .endSpec()
            .build();
    off.getStatus().getConditions().getFirst().setStatus("Unknown");
    var found =
        LeftBehind.among(
            List.of(
                on("gone", false, "Running"),
                on("missing", false, "Running"),
                on("", true, "Pending"),
                on("", false, "Pending"),
                on("off", true, "Running"),
                on("off", false, "Running"),
                on("n1", true, "Running")),
            List.of(node("n1"), off),
            Set.of("gone"));
    assertThat(found)
        .extracting(LeftBehind::why)
        .containsExactly(
            LeftBehind.Why.NODE_GONE,
            LeftBehind.Why.NEVER_SCHEDULED,
            LeftBehind.Why.OUT_OF_SERVICE);
  }
}
