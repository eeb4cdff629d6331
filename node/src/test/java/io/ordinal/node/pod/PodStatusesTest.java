package io.ordinal.node.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import org.junit.jupiter.api.Test;

/// What is told of a pod, by contract M10 and M11.
class PodStatusesTest {

  private static PodStatus status(Scene scene) {
    return PodStatuses.of(scene.observed(), "containerd", "10.0.0.1");
  }

  private static PodCondition condition(PodStatus status, String type) {
    return status.getConditions().stream()
        .filter(c -> c.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theConditionsHaveTheirOrder() {
    assertThat(status(Scene.of("web").sandbox(0, true)).getConditions())
        .extracting(PodCondition::getType)
        .containsExactly(
            "PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled");
  }

  @Test
  void aPodWhoseContainersRunIsReady() {
    var status = status(Scene.of("web").sandbox(0, true).running("web"));
    assertThat(status.getPhase()).isEqualTo("Running");
    assertThat(status.getPodIP()).isEqualTo("10.0.0.2");
    assertThat(condition(status, "Ready").getStatus()).isEqualTo("True");
    var container = status.getContainerStatuses().getFirst();
    assertThat(container.getContainerID()).isEqualTo("containerd://web0");
    assertThat(container.getReady()).isTrue();
    assertThat(container.getStarted()).isTrue();
  }

  @Test
  void anUnreadyContainerIsNamed() {
    var scene =
        Scene.of("web", "api")
            .sandbox(0, true)
            .running("web")
            .running("api")
            .probes("api", true, true, false);
    var ready = condition(status(scene), "Ready");
    assertThat(ready.getReason()).isEqualTo("ContainersNotReady");
    assertThat(ready.getMessage()).isEqualTo("containers with unready status: [api]");
  }

  @Test
  void whatWaitsSaysWhatFor() {
    var plain = status(Scene.of("web")).getContainerStatuses().getFirst().getState().getWaiting();
    assertThat(plain.getReason()).isEqualTo("ContainerCreating");
    var init = status(Scene.of("web").init("one").sandbox(0, true));
    assertThat(init.getContainerStatuses().getFirst().getState().getWaiting().getReason())
        .isEqualTo("PodInitializing");
    assertThat(condition(init, "Initialized").getMessage())
        .isEqualTo("containers with incomplete status: [one]");
    var pull = Scene.of("web").sandbox(0, true).troubleOf("web", "ErrImagePull", 5);
    assertThat(status(pull).getContainerStatuses().getFirst().getState().getWaiting().getMessage())
        .isEqualTo("Back-off pulling image \"nginx:1\": ErrImagePull: words");
  }

  @Test
  void aCrashLoopShowsItsPauseAndItsLastEnd() {
    var scene = Scene.of("web").sandbox(0, true).ended("web", 3, 1, 4).backoff("web", 40);
    var container = status(scene).getContainerStatuses().getFirst();
    assertThat(container.getRestartCount()).isEqualTo(3);
    assertThat(container.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
    assertThat(container.getState().getWaiting().getMessage())
        .isEqualTo("back-off 40s restarting failed container=web pod=web-0_default(u1)");
    assertThat(container.getLastState().getTerminated().getExitCode()).isEqualTo(1);
    assertThat(status(scene).getPhase()).isEqualTo("Running");
  }

  @Test
  void aTerminalPhaseIsNotToldWhileSomethingRuns() {
    var scene = Scene.of("a", "b").phase("Running").sandbox(0, true).ended("a", 0, 0, 1);
    assertThat(status(scene.running("b").deleted(5)).getPhase()).isEqualTo("Running");
  }

  @Test
  void aDeletedPodEndsInATerminalPhaseWhateverItsPolicy() {
    var good = Scene.of("a").phase("Running").sandbox(0, false).ended("a", 0, 0, 1).deleted(5);
    assertThat(status(good).getPhase()).isEqualTo("Succeeded");
    var bad = Scene.of("a").phase("Running").sandbox(0, false).ended("a", 0, 137, 1).deleted(5);
    assertThat(status(bad).getPhase()).isEqualTo("Failed");
  }

  @Test
  void theNodesOwnDecisionIsTheReason() {
    var status = status(Scene.of("a").sandbox(0, false).failed("Evicted"));
    assertThat(status.getPhase()).isEqualTo("Failed");
    assertThat(status.getReason()).isEqualTo("Evicted");
    assertThat(condition(status, "DisruptionTarget").getReason()).isEqualTo("TerminationByKubelet");
  }

  @Test
  void aTransitionTimeMovesOnlyWithItsStatus() {
    var scene = Scene.of("web").sandbox(0, true).running("web");
    var known =
        scene.pod(p ->
            p.editStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime("2026-01-01T01:00:00Z")
                .endCondition()
                .endStatus());
    assertThat(condition(status(known), "Ready").getLastTransitionTime())
        .isEqualTo("2026-01-01T01:00:00Z");
    assertThat(condition(status(known), "ContainersReady").getLastTransitionTime())
        .isEqualTo("2026-01-01T12:00:00Z");
  }

  @Test
  void readinessGatesHoldReadyBack() {
    var scene =
        Scene.of("web")
            .sandbox(0, true)
            .running("web")
            .pod(p ->
                p.editSpec()
                    .addNewReadinessGate()
                    .withConditionType("x/y")
                    .endReadinessGate()
                    .endSpec());
    var ready = condition(status(scene), "Ready");
    assertThat(ready.getReason()).isEqualTo("ReadinessGatesNotReady");
    assertThat(ready.getMessage())
        .isEqualTo("corresponding condition of pod readiness gate \"x/y\" does not exist.");
  }

  @Test
  void aContainerThatCannotBeRunShowsItsBackoffLikeAnyOther() {
    var scene =
        Scene.of("web")
            .sandbox(0, true)
            .ended("web", 1, 128, 4)
            .backoff("web", 10)
            .troubleOf("web", "RunContainerError", 0);
    assertThat(status(scene).getContainerStatuses().getFirst().getState().getWaiting().getReason())
        .isEqualTo("CrashLoopBackOff");
  }

  @Test
  void anAdoptedPodKeepsItsConditionsWhileItIsBeingPrepared() {
    var status = status(Scene.of("web").unprepared().sandbox(0, true).running("web"));
    assertThat(condition(status, "PodReadyToStartContainers").getStatus()).isEqualTo("True");
    assertThat(condition(status, "Ready").getStatus()).isEqualTo("True");
  }
}
