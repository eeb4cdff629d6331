package io.ordinal.controllers.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.ordinal.kube.Pods;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A rollout that sticks unsticks itself when its template is undone or mended: twelve kinds of
/// failure × both policies × with and without a partition.
class UnstickTest {
  private final SetWorld it = new SetWorld();

  static Stream<Arguments> matrix() {
    return Stream.of(Failure.values())
        .flatMap(failure ->
            Sets.POLICIES.stream()
                .flatMap(policy -> Stream.of(0, 2).map(p -> Arguments.of(failure, policy, p))));
  }

  @ParameterizedTest(name = "{0}, {1}, partition {2}")
  @MethodSource("matrix")
  void anUndoGetsABrokenRolloutGoing(Failure failure, String policy, int partition) {
    stuck(failure, policy, partition);
    it.image(Sets.OLD);
    it.settle();
    assertRecovered(failure, policy, Sets.OLD);
  }

  @ParameterizedTest(name = "{0}, {1}, partition {2}")
  @MethodSource("matrix")
  void aMendedTemplateGetsABrokenRolloutGoing(Failure failure, String policy, int partition) {
    stuck(failure, policy, partition);
    it.image(Sets.NEW);
    it.settle();
    assertRecovered(failure, policy, Sets.NEW);
    if (recovers(failure, policy)) {
      assertThat(it.pods().stream().filter(pod -> Sets.ordinal(pod) < partition))
          .allMatch(pod -> Sets.image(pod).equals(Sets.OLD));
    }
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void aSetThatWasBrokenFromTheBeginningIsMended(Failure failure) {
    var set = Sets.withImage(Sets.web(3), failure.image());
    new Invariants(it, (_, _) -> {});
    it.create(set);
    it.settle();
    it.image(Sets.NEW);
    it.settle();
    if (failure.starts) {
      assertThat(it.podNames()).isEqualTo("web-0");
      annotate(Unstick.REPLACE_CRASHING, "true");
      it.world.gate((_, _) -> {});
      it.settle();
    }
    assertThat(it.pods()).hasSize(3).allMatch(pod -> Sets.image(pod).equals(Sets.NEW));
    assertThat(it.status().getReadyReplicas()).isEqualTo(3);
    assertThat(it.status().getCurrentRevision()).isEqualTo(it.status().getUpdateRevision());
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void aSetThatWasBrokenFromTheBeginningIsMendedWithoutARollingUpdateBlock(Failure failure) {
    var set = Sets.withImage(Sets.web(3), failure.image());
    set.getSpec().getUpdateStrategy().setRollingUpdate(null);
    it.create(set);
    annotate(Unstick.REPLACE_CRASHING, "true");
    it.settle();
    it.image(Sets.NEW);
    it.settle();
    assertThat(it.pods()).hasSize(3).allMatch(pod -> Sets.image(pod).equals(Sets.NEW));
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void withTheAnnotationCrashingPodsAreReplacedToo(Failure failure) {
    stuck(failure, "OrderedReady", 0);
    annotate(Unstick.REPLACE_CRASHING, "true");
    it.world.gate((_, _) -> {});
    it.image(Sets.OLD);
    it.settle();
    assertThat(it.pods()).hasSize(3).allMatch(pod -> Sets.image(pod).equals(Sets.OLD));
    assertThat(it.status().getReadyReplicas()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void switchedOffEverythingIsAsInKubernetes(Failure failure) {
    stuck(failure, "OrderedReady", 0);
    annotate(Unstick.SWITCH, "off");
    annotate(Unstick.REPLACE_CRASHING, "true");
    var broken = it.pod(2);
    it.image(Sets.OLD);
    it.settle();
    assertThat(World.uid(it.pod(2))).isEqualTo(World.uid(broken));
    assertThat(it.pod(2).getMetadata().getDeletionTimestamp()).isNull();
  }

  @Test
  void raisingThePartitionOverABrokenPodBringsItBack() {
    stuck(Failure.IMAGE_PULL, "OrderedReady", 2);
    it.editSpec(spec ->
        spec.editUpdateStrategy()
            .withNewRollingUpdate()
            .withPartition(3)
            .endRollingUpdate()
            .endUpdateStrategy());
    it.settle();
    assertThat(it.pods()).allMatch(pod -> Sets.image(pod).equals(Sets.OLD)).allMatch(Pods::isReady);
  }

  @ParameterizedTest
  @CsvSource({"OrderedReady", "Parallel"})
  void aPodOfTheWantedRevisionIsNeverReplaced(String policy) {
    stuck(Failure.IMAGE_PULL, policy, 0);
    var broken = World.uid(it.pod(2));
    it.scale(3);
    it.settle();
    assertThat(World.uid(it.pod(2))).isEqualTo(broken);
  }

  @Test
  void aPodThatWasReadyOnceIsLeftAlone() {
    it.create(Sets.web(3));
    it.settle();
    it.image(Sets.NEW);
    it.sync();
    it.nodesWork();
    it.sync();
    until(2);
    it.node.unready(it.pod(2));
    var once = World.uid(it.pod(2));
    it.image(Sets.OLD);
    for (int i = 0; i < 5; i++) it.sync();
    assertThat(World.uid(it.pod(2))).isEqualTo(once);
    assertThat(it.pod(2).getMetadata().getDeletionTimestamp()).isNull();
  }

  @Test
  void onDeleteLeavesReplacingToItsUser() {
    it.create(Sets.web(3));
    it.editSpec(spec -> spec.withNewUpdateStrategy().withType("OnDelete").endUpdateStrategy());
    it.settle();
    it.image(Failure.IMAGE_PULL.image());
    it.world.remove(it.pod(2));
    it.settle();
    var broken = World.uid(it.pod(2));
    it.image(Sets.OLD);
    it.settle();
    assertThat(World.uid(it.pod(2))).isEqualTo(broken);
  }

  /// The pod that would come in its place is of the same revision: replacing it for ever helps
  /// nobody.
  @Test
  void aPodThatWouldComeBackTheSameIsLeftAlone() {
    it.create(Sets.web(3));
    it.editSpec(spec -> spec.editUpdateStrategy().withRollingUpdate(null).endUpdateStrategy());
    it.settle();
    it.image(Sets.NEW);
    it.sync();
    // While web-2 is replaced, web-0 goes too, and comes back as it was: current, which nobody
    // wants.
    it.world.vanish(it.pod(0));
    it.sync();
    assertThat(Sets.image(it.pod(0))).isEqualTo(Sets.OLD);
    int before = it.events.size();
    it.sync();
    assertThat(it.events).hasSize(before);
  }

  @Test
  void theEventSaysWhy() {
    stuck(Failure.IMAGE_PULL, "OrderedReady", 0);
    var broken = it.status().getUpdateRevision();
    it.image(Sets.OLD);
    it.settle();
    assertThat(it.events)
        .contains(
            "Normal ReplacedStuckPod: replace Pod web-2 in StatefulSet web: revision "
                + broken
                + " never became ready (container main: ImagePullBackOff) and "
                + it.status().getUpdateRevision()
                + " is wanted instead");
  }

  @Test
  void neverReadyIsToldByTheTimeOfTheFirstStatus() {
    var first = "2026-01-01T00:00:00Z";
    var later = "2026-01-01T00:00:05Z";
    assertThat(Unstick.wasNeverReady(pod(first, "False", first))).isTrue();
    assertThat(Unstick.wasNeverReady(pod(first, "False", later))).isFalse();
    assertThat(Unstick.wasNeverReady(pod(first, "True", first))).isFalse();
    assertThat(Unstick.wasNeverReady(pod(first, "Unknown", first))).isTrue();
    assertThat(Unstick.wasNeverReady(new PodBuilder().withNewStatus().endStatus().build()))
        .isTrue();
  }

  @Test
  void aContainerThatStartedInThatVerySecondMayHaveBeenReady() {
    var first = "2026-01-01T00:00:00Z";
    var pod = pod(first, "False", first);
    var started = Node.container(Node.runningState(first), false, 0);
    pod.getStatus().setContainerStatuses(List.of(started));
    assertThat(Unstick.wasNeverReady(pod)).isFalse();
    var startedLater = Node.container(Node.runningState("2026-01-01T00:00:01Z"), false, 0);
    pod.getStatus().setContainerStatuses(List.of(startedLater));
    assertThat(Unstick.wasNeverReady(pod)).isTrue();
  }

  private static Pod pod(String startTime, String ready, String since) {
    return new PodBuilder()
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .withStartTime(startTime)
        .withConditions(
            new PodConditionBuilder()
                .withType("Ready")
                .withStatus(ready)
                .withLastTransitionTime(since)
                .build())
        .endStatus()
        .build();
  }

  /// Three pods run well; then a template comes that breaks, and the rollout sticks at web-2.
  private void stuck(Failure failure, String policy, int partition) {
    new Invariants(it, (_, _) -> {});
    it.create(Sets.web(new Sets.Mode(policy, null), 3));
    it.editSpec(spec ->
        spec.editUpdateStrategy()
            .withNewRollingUpdate()
            .withPartition(partition)
            .endRollingUpdate()
            .endUpdateStrategy());
    it.settle();
    it.image(failure.image());
    it.settle();
    assertThat(Sets.image(it.pod(2))).isEqualTo(failure.image());
    assertThat(Pods.isReady(it.pod(2))).isFalse();
    assertThat(it.pods()).hasSize(3);
  }

  private void assertRecovered(Failure failure, String policy, String image) {
    if (recovers(failure, policy)) {
      assertThat(Sets.image(it.pod(2))).isEqualTo(image);
      assertThat(it.status().getReadyReplicas()).isEqualTo(3);
    } else {
      assertThat(Sets.image(it.pod(2))).isEqualTo(failure.image());
    }
  }

  /// Without a word from the user only what never ran is replaced; `Parallel` replaces what is
  /// outdated and unavailable in any case, as it does in Kubernetes.
  private static boolean recovers(Failure failure, String policy) {
    return !failure.starts || policy.equals("Parallel");
  }

  private void annotate(String name, String value) {
    it.world.edit(
        it.set(),
        set ->
            new StatefulSetBuilder(set)
                .editMetadata()
                .addToAnnotations(name, value)
                .endMetadata()
                .build());
  }

  private void until(int ordinal) {
    for (int i = 0; i < 10 && !Pods.isReady(it.pod(ordinal)); i++) {
      it.nodesWork();
    }
    assertThat(Pods.isReady(it.pod(ordinal))).isTrue();
  }
}
