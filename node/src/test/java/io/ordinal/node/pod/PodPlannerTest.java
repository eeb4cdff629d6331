package io.ordinal.node.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What is done for a pod that lives, by contract M1, M2 and M10.
class PodPlannerTest {

  @Test
  void aNewPodIsPreparedFirst() {
    assertThat(Scene.of("web").unprepared().keys()).containsExactly("prepare");
  }

  @Test
  void aPodThatCannotBePreparedWaits() {
    var plan = Scene.of("web").unprepared().trouble("FailedMount", 4).plan();
    assertThat(plan.actions()).isEmpty();
    assertThat(plan.lookAgain()).contains(Scene.NOW.plusSeconds(4));
  }

  @Test
  void aPreparedPodGetsASandbox() {
    assertThat(Scene.of("web").plan().actions()).containsExactly(new Action.RunSandbox(0));
  }

  @Test
  void withoutANetworkThereIsNoSandbox() {
    var plan = Scene.of("web").noNetwork().plan();
    assertThat(plan.actions()).isEmpty();
    assertThat(plan.lookAgain()).isPresent();
  }

  @Test
  void aHostNetworkPodNeedsNoPodNetwork() {
    var scene = Scene.of("web").noNetwork().pod(p -> p.editSpec().withHostNetwork(true).endSpec());
    assertThat(scene.keys()).containsExactly("sandbox");
  }

  @Test
  void containersStartOneAtATimeInTheirOrder() {
    assertThat(Scene.of("a", "b").sandbox(0, true).keys()).containsExactly("start:a");
    assertThat(Scene.of("a", "b").sandbox(0, true).doing("start:a").keys()).isEmpty();
    assertThat(Scene.of("a", "b").sandbox(0, true).running("a").keys()).containsExactly("start:b");
  }

  @Test
  void whatWaitsDoesNotHoldUpTheOthers() {
    var scene = Scene.of("a", "b").sandbox(0, true).troubleOf("a", "ErrImagePull", 10);
    assertThat(scene.keys()).containsExactly("start:b");
  }

  @Test
  void aRunningPodIsLeftAlone() {
    assertThat(Scene.of("web").sandbox(0, true).running("web").keys()).isEmpty();
  }

  @Test
  void aContainerThatWasJustMadeIsLeftAlone() {
    assertThat(Scene.of("web").sandbox(0, true).created("web").keys()).isEmpty();
  }

  @Test
  void theFirstRestartIsAtOnce() {
    var plan = Scene.of("web").sandbox(0, true).ended("web", 0, 1, 0).plan();
    assertThat(plan.actions()).containsExactly(new Action.StartContainer("web", 1, "s0"));
  }

  @Test
  void laterRestartsWaitForTheirBackoff() {
    var plan = Scene.of("web").sandbox(0, true).ended("web", 1, 1, 4).backoff("web", 10).plan();
    assertThat(plan.actions()).isEmpty();
    assertThat(plan.lookAgain()).contains(Scene.NOW.plusSeconds(6));
  }

  @Test
  void onFailureRestartsOnlyFailures() {
    var failed = Scene.of("a", "b").policy("OnFailure").sandbox(0, true);
    assertThat(failed.ended("a", 0, 0, 1).ended("b", 0, 1, 1).keys()).containsExactly("start:b");
  }

  @Test
  void aContainerWhoseImageChangedIsEnded() {
    var scene =
        Scene.of("web")
            .sandbox(0, true)
            .running("web")
            .pod(p -> p.editSpec().editContainer(0).withImage("nginx:2").endContainer().endSpec());
    assertThat(scene.plan().actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.StopContainer.class,
            stop ->
                assertThat(stop.message())
                    .isEqualTo("Container web definition changed, will be restarted"));
  }

  @Test
  void aContainerWhoseLivenessProbeFailedIsEnded() {
    var scene = Scene.of("web").sandbox(0, true).running("web").probes("web", true, false, true);
    assertThat(scene.plan().actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.StopContainer.class,
            stop -> {
              assertThat(stop.message())
                  .isEqualTo("Container web failed liveness probe, will be restarted");
              assertThat(stop.grace()).isEqualTo(Duration.ofSeconds(30));
            });
    assertThat(scene.stopping("web0", 20).keys()).isEmpty();
  }

  @Test
  void initContainersRunOneAfterTheOther() {
    var scene = Scene.of("web").init("one").init("two").sandbox(0, true);
    assertThat(scene.keys()).containsExactly("start:one");
    assertThat(scene.ended("one", 0, 0, 1).keys()).containsExactly("start:two");
    assertThat(scene.ended("two", 0, 0, 1).keys()).containsExactly("start:web");
  }

  @Test
  void anInitContainerThatFailedIsRunAgain() {
    var scene = Scene.of("web").init("one").sandbox(0, true).ended("one", 0, 7, 1);
    assertThat(scene.plan().actions()).containsExactly(new Action.StartContainer("one", 1, "s0"));
  }

  @Test
  void aSidecarMustHaveStartedBeforeWhatFollowsIt() {
    var scene = Scene.of("web").sidecar("proxy").sandbox(0, true).running("proxy");
    assertThat(scene.probes("proxy", false, true, false).keys()).isEmpty();
    assertThat(scene.probes("proxy", true, true, false).keys()).containsExactly("start:web");
  }

  @Test
  void aSidecarIsRestartedBesideRunningContainers() {
    var scene =
        Scene.of("web").sidecar("proxy").sandbox(0, true).running("web").ended("proxy", 0, 0, 1);
    assertThat(scene.keys()).containsExactly("start:proxy");
  }

  @Test
  void aDeadSandboxIsReplacedAndEverythingStartsAgainInIt() {
    var scene = Scene.of("web").sandbox(0, false).ended("web", 0, 137, 1);
    assertThat(scene.plan().actions()).containsExactly(new Action.RunSandbox(1));
    assertThat(scene.sandbox(1, true).keys()).contains("start:web");
  }

  @Test
  void whatStillRunsInADeadSandboxEndsBeforeItIsReplaced() {
    assertThat(Scene.of("web").sandbox(0, false).running("web").keys())
        .containsExactly("stop:web0");
  }

  @Test
  void aPodThatIsNotToRunAgainGetsNoNewSandbox() {
    var scene = Scene.of("web").policy("Never").sandbox(0, false).ended("web", 0, 0, 1);
    assertThat(scene.keys()).doesNotContain("sandbox");
  }

  @Test
  void anAdoptedPodIsPreparedWithoutTouchingItsContainers() {
    assertThat(Scene.of("web").unprepared().sandbox(0, true).running("web").keys())
        .containsExactly("prepare");
  }

  @Test
  void aFailedProbeHasItsOwnGrace() {
    var scene = Scene.of("web").sandbox(0, true).running("web").probes("web", true, false, true);
    scene.pod(p ->
        p.editSpec()
            .editFirstContainer()
            .withNewStartupProbe()
            .withTerminationGracePeriodSeconds(5L)
            .endStartupProbe()
            .withNewLivenessProbe()
            .withTerminationGracePeriodSeconds(9L)
            .endLivenessProbe()
            .endContainer()
            .endSpec());
    assertThat(scene.plan().actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.StopContainer.class,
            stop -> assertThat(stop.grace()).isEqualTo(Duration.ofSeconds(9)));
  }

  @Test
  void aPodIsFailedOnce() {
    var scene =
        Scene.of("web")
            .sandbox(0, true)
            .pod(p -> p.editSpec().withActiveDeadlineSeconds(3600L).endSpec())
            .doing("fail");
    assertThat(scene.keys()).isEmpty();
  }

  @Test
  void thePodsDeadlineEndsIt() {
    var scene =
        Scene.of("web")
            .sandbox(0, true)
            .running("web")
            .pod(p -> p.editSpec().withActiveDeadlineSeconds(3600L).endSpec());
    assertThat(scene.plan().actions())
        .containsExactly(
            new Action.Fail(
                new Failure(
                    "DeadlineExceeded",
                    "Pod was active on the node longer than the specified deadline")));
  }

  @Test
  void onlyTheNewestDeadContainerIsKept() {
    var scene =
        Scene.of("web")
            .sandbox(0, true)
            .ended("web", 0, 1, 50)
            .ended("web", 1, 1, 40)
            .ended("web", 2, 1, 30)
            .backoff("web", 300);
    assertThat(scene.keys()).containsExactly("remove:web0");
  }
}
