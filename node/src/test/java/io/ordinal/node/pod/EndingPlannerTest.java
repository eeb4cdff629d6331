package io.ordinal.node.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How a pod ends, by contract M1 and M10.
class EndingPlannerTest {

  @Test
  void allRegularContainersEndTogetherAndSidecarsLater() {
    var scene =
        Scene.of("a", "b")
            .sidecar("first")
            .sidecar("second")
            .sandbox(0, true)
            .running("a")
            .running("b")
            .running("first")
            .running("second")
            .deleted(5);
    assertThat(scene.keys()).containsExactlyInAnyOrder("stop:a0", "stop:b0");
  }

  @Test
  void sidecarsEndInReverseOrder() {
    var scene =
        Scene.of("a")
            .sidecar("first")
            .sidecar("second")
            .sandbox(0, true)
            .ended("a", 0, 0, 1)
            .running("first")
            .running("second")
            .deleted(5);
    assertThat(scene.keys()).containsExactly("stop:second0");
  }

  @Test
  void theGraceIsTheDeletions() {
    var plan = Scene.of("a").sandbox(0, true).running("a").deleted(7).plan();
    assertThat(((Action.StopContainer) plan.actions().getFirst()).grace())
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aShorterGraceOverridesAStopThatIsUnderWay() {
    var scene =
        Scene.of("a").sandbox(0, true).running("a").doing("stop:a0").stopping("a0", 30).deleted(2);
    assertThat(scene.keys()).containsExactly("stop:a0");
    assertThat(
            Scene.of("a")
                .sandbox(0, true)
                .running("a")
                .doing("stop:a0")
                .stopping("a0", 3)
                .deleted(3)
                .keys())
        .isEmpty();
  }

  @Test
  void aStartThatIsUnderWayIsGivenUp() {
    assertThat(Scene.of("a").sandbox(0, true).doing("start:a").deleted(5).keys())
        .containsExactly("cancel:start:a");
  }

  @Test
  void afterTheContainersComesTheSandboxThenTheRest() {
    var scene = Scene.of("a").ended("a", 0, 0, 1).deleted(5);
    assertThat(Scene.of("a").sandbox(0, true).ended("a", 0, 0, 1).deleted(5).keys())
        .containsExactly("stop-sandbox:s0");
    assertThat(scene.sandbox(0, false).keys()).containsExactly("clean-up");
  }

  /// Or the refresh would leave tokens and Secrets where nobody removes them any more.
  @Test
  void nothingIsCleanedUpWhileVolumesAreRefreshed() {
    var finished = Scene.of("a").policy("Never").sandbox(0, false).ended("a", 0, 0, 1);
    assertThat(finished.keys()).containsExactly("clean-up");
    assertThat(finished.doing(PodWorker.REFRESH).keys()).isEmpty();
    var running = Scene.of("a").sandbox(0, true).running("a").doing(PodWorker.REFRESH).deleted(5);
    assertThat(running.keys()).containsExactly("stop:a0");
  }

  @Test
  void thePodGoesOnlyAfterItsLastStatusWasTold() {
    var scene = Scene.of("a").sandbox(0, false).ended("a", 0, 0, 1).deleted(5).cleanedUp();
    assertThat(scene.phase("Running").keys()).isEmpty();
    assertThat(scene.phase("Succeeded").keys()).containsExactly("delete");
  }

  @Test
  void aFinishedPodEndsItsSidecarsAndStays() {
    var scene =
        Scene.of("a")
            .sidecar("proxy")
            .policy("Never")
            .sandbox(0, true)
            .ended("a", 0, 0, 1)
            .running("proxy");
    assertThat(scene.keys()).containsExactly("stop:proxy0");
    var done = Scene.of("a").policy("Never").sandbox(0, false).ended("a", 0, 0, 1).cleanedUp();
    assertThat(done.phase("Succeeded").keys()).isEmpty();
  }

  @Test
  void ofAPodThatIsGoneNothingIsLeft() {
    assertThat(Scene.of("a").sandbox(0, false).ended("a", 0, 0, 1).gone().cleanedUp().keys())
        .containsExactly("remove-sandbox:s0");
    assertThat(Scene.of("a").gone().cleanedUp().keys()).containsExactly("retire");
  }

  /// A cluster that is taken down ends pods as they end, and keeps all that belongs to them.
  @Test
  void aSuspendedPodEndsInOrderAndIsNotForgotten() {
    var both = Scene.of("a").sidecar("proxy").sandbox(0, true).running("a").running("proxy");
    assertThat(suspended(both)).containsExactly("stop:a0");
    var sidecar =
        Scene.of("a").sidecar("proxy").sandbox(0, true).ended("a", 0, 143, 1).running("proxy");
    assertThat(suspended(sidecar)).containsExactly("stop:proxy0");
    var sandbox = Scene.of("a").sandbox(0, true).ended("a", 0, 143, 1);
    assertThat(suspended(sandbox)).containsExactly("stop-sandbox:s0");
    assertThat(suspended(Scene.of("a").sandbox(0, false).ended("a", 0, 143, 1))).isEmpty();
  }

  private static List<String> suspended(Scene scene) {
    return EndingPlanner.plan(scene.observed(), new Observed.Ending.Suspended()).actions().stream()
        .map(Action::key)
        .toList();
  }
}
