package io.ordinal.controllers.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.ordinal.kube.Pods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The lines C15–C26 of the behaviour checklist: updating, rolling back, availability, many pods.
class RolloutTest {
  private final SetWorld it = new SetWorld();

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#policies")
  void c15TwoAtATimeAboveThePartition(Sets.Mode mode) {
    it.create(Sets.web(mode, 6));
    rolling(3, new IntOrString(2));
    it.settle();
    it.image(Sets.NEW);
    it.sync();
    assertThat(terminating()).containsExactly(4, 5);
    it.nodesWork();
    it.sync();
    if (!mode.ordered()) {
      until(() -> Pods.isRunning(it.pod(4)) && Pods.isRunning(it.pod(5)), 4, 5);
      it.node.ready(it.pod(4));
      it.sync();
      assertThat(terminating()).containsExactly(3);
    } else {
      assertThat(it.podNames()).isEqualTo("web-0 web-1 web-2 web-3 web-4");
    }
    it.settle();
    assertThat(images())
        .containsExactly("good:1", "good:1", "good:1", "good:2", "good:2", "good:2");
  }

  @ParameterizedTest
  @CsvSource({"3,1,2", "3,2,1", "3,3,0", "3,4,0", "1,1,0"})
  void c16WhatIsUnavailableAlreadyCounts(int max, int unavailable, int deletions) {
    it.create(Sets.web(new Sets.Mode("Parallel", null), 6));
    rolling(0, new IntOrString(max));
    it.settle();
    // Ending pods are unavailable, but nobody replaces them.
    for (int i = 0; i < unavailable; i++) it.world.remove(it.pod(i));
    it.image(Sets.NEW);
    it.sync();
    assertThat(terminating()).hasSize(unavailable + deletions);
  }

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#policies")
  void c17RollsOutFromHighToLowOneAtATime(Sets.Mode mode) {
    for (int replicas : List.of(3, 5, 1)) {
      var it = new SetWorld();
      it.create(Sets.web(mode, 3));
      it.settle();
      var order = new ArrayList<Integer>();
      it.afterEachStep(() -> {
        var ending = it.pods().stream().filter(Pods::isTerminating).map(Sets::ordinal).toList();
        var wanted = ending.stream().filter(o -> o < it.set().getSpec().getReplicas()).toList();
        assertThat(wanted).hasSizeLessThan(2);
        wanted.stream().filter(o -> !order.contains(o)).forEach(order::add);
      });
      it.image(Sets.NEW);
      it.scale(replicas);
      it.settle();
      assertThat(it.pods()).hasSize(replicas).allMatch(pod -> Sets.image(pod).equals(Sets.NEW));
      var updated = IntStream.range(0, Math.min(3, replicas)).boxed().toList().reversed();
      assertThat(order).isEqualTo(updated);
      assertThat(it.status().getCurrentRevision()).isEqualTo(it.status().getUpdateRevision());
      assertThat(it.status().getCurrentReplicas()).isEqualTo(replicas);
    }
  }

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#policies")
  void c18OnDeleteWaitsForItsUser(Sets.Mode mode) {
    it.create(Sets.web(mode, 3));
    it.editSpec(spec -> spec.withNewUpdateStrategy().withType("OnDelete").endUpdateStrategy());
    it.settle();
    it.image(Sets.NEW);
    it.scale(4);
    it.settle();
    assertThat(images()).containsExactly(Sets.OLD, Sets.OLD, Sets.OLD, Sets.NEW);
    for (int i = 0; i < 3; i++) {
      it.world.remove(it.pod(i));
      it.settle();
    }
    assertThat(images()).containsOnly(Sets.NEW);
    assertThat(it.status().getUpdatedReplicas()).isEqualTo(4);
    assertThat(it.status().getCurrentRevision()).isNotEqualTo(it.status().getUpdateRevision());
  }

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#policies")
  void c19OnlyOrdinalsFromThePartitionOnAreUpdated(Sets.Mode mode) {
    it.create(Sets.web(mode, 4));
    rolling(2, null);
    it.settle();
    it.image(Sets.NEW);
    it.settle();
    assertThat(images()).containsExactly(Sets.OLD, Sets.OLD, Sets.NEW, Sets.NEW);
    it.world.remove(it.pod(0));
    it.settle();
    assertThat(images()).containsExactly(Sets.OLD, Sets.OLD, Sets.NEW, Sets.NEW);
    rolling(0, null);
    it.settle();
    assertThat(images()).containsOnly(Sets.NEW);
  }

  @ParameterizedTest
  @CsvSource({"0,1", "2,3", "-1,6", "10,6"})
  void c20HistoryIsKeptToItsLimit(int limit, int expected) {
    it.create(Sets.web(1));
    it.editSpec(spec -> spec.withRevisionHistoryLimit(limit));
    it.settle();
    for (int i = 2; i <= 6; i++) {
      Fault.times(1, it.world, "status", StatefulSet.class, 500);
      it.image("good:" + i);
      it.settle();
    }
    it.scale(2);
    it.settle();
    assertThat(it.revisions()).hasSize(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "OrderedReady,3",
    "OrderedReady,5",
    "OrderedReady,2",
    "Parallel,3",
    "Parallel,5",
    "Parallel,2"
  })
  void c21RollsBackAlsoFromTheMiddle(String policy, int replicas) {
    for (int steps : List.of(1, 3, 1000)) {
      var it = new SetWorld();
      it.create(Sets.web(new Sets.Mode(policy, null), 3));
      it.settle();
      it.image(Sets.NEW);
      for (int i = 0; i < steps; i++) {
        it.sync();
        if (!it.nodesWork()) break;
      }
      it.image(Sets.OLD);
      it.scale(replicas);
      it.settle();
      assertThat(it.pods()).hasSize(replicas).allMatch(pod -> Sets.image(pod).equals(Sets.OLD));
      assertThat(it.revisions())
          .extracting(ControllerRevision::getRevision)
          .containsExactly(2L, 3L);
      assertThat(it.status().getCurrentRevision())
          .isEqualTo(it.revisions().getLast().getMetadata().getName());
    }
  }

  @Test
  void c22AvailableOnlyWhenReadyForLongEnough() {
    it.create(Sets.web(1));
    it.editSpec(spec -> spec.withMinReadySeconds(30));
    it.settle(Duration.ZERO);
    assertThat(it.status().getReadyReplicas()).isEqualTo(1);
    assertThat(it.status().getAvailableReplicas()).isZero();
    it.clock.turn(Duration.ofSeconds(30));
    it.settle();
    assertThat(it.status().getAvailableReplicas()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"true,true,pods", "true,false,pods", "false,true,status", "false,false,"})
  void c23WhatWentWrongWithPodsWeighsMore(boolean pods, boolean status, @Nullable String expected) {
    it.create(Sets.web(1));
    it.world.gate((verb, object) -> {
      if (pods && verb.equals("create") && object instanceof Pod) {
        throw World.refusal(500, "InternalError", "pods");
      }
      if (status && verb.equals("status")) {
        throw World.refusal(500, "InternalError", "status");
      }
    });
    it.pass();
    if (expected == null) assertThat(it.failures).isEmpty();
    else assertThat(it.failures.getFirst()).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({"3,30", "10,1", "501,0", "0,1000"})
  void c24ParallelScalesInTwoPasses(int from, int to) {
    it.create(Sets.web(new Sets.Mode("Parallel", null), from));
    it.settle();
    it.scale(to);
    it.pass();
    if (to > from) {
      assertThat(it.pods()).hasSize(to);
    } else {
      assertThat(terminating()).hasSize(from - to);
      while (it.nodesWork()) it.pass();
    }
    it.settle();
    assertThat(it.status().getReplicas()).isEqualTo(to);
  }

  @Test
  void c24BatchesDoubleAndStopAtAFailure() {
    Fault.once(it.world, "create", Pod.class, 500);
    it.create(Sets.web(new Sets.Mode("Parallel", null), 100));
    it.pass();
    assertThat(it.pods()).isEmpty();
    it.queue.nextDue().ifPresent(it.clock::turnTo);
    it.pass();
    assertThat(it.pods()).hasSize(100);
  }

  @Test
  void aParallelSetOfMorePodsThanThereIsMemoryForIsMadeInPieces() {
    it.create(Sets.web(new Sets.Mode("Parallel", null), Integer.MAX_VALUE));
    it.pass();
    assertThat(it.pods()).hasSize(1000);
    it.pass();
    assertThat(it.pods()).hasSize(2000);
  }

  @Test
  void noPodIsLostToOrdinalsBeyondTheGreatest() {
    it.create(Sets.web(2));
    it.settle();
    it.editSpec(
        spec -> spec.withReplicas(Integer.MAX_VALUE).withNewOrdinals().withStart(1).endOrdinals());
    it.pass();
    assertThat(it.pods()).anyMatch(pod -> Sets.ordinal(pod) == 1);
  }

  @ParameterizedTest
  @CsvSource({"OrderedReady,0", "OrderedReady,1", "Parallel,0", "Parallel,1"})
  void c25ARollingUpdateWaitsForMinReadySeconds(String policy, int partition) {
    it.create(Sets.web(new Sets.Mode(policy, null), 3));
    rolling(partition, null);
    it.settle();
    it.editSpec(spec -> spec.withMinReadySeconds(10));
    it.clock.turn(Duration.ofSeconds(30));
    it.settle();
    it.image(Sets.NEW);
    it.settle(Duration.ZERO);
    assertThat(images()).containsExactly(Sets.OLD, Sets.OLD, Sets.NEW);
    it.clock.turn(Duration.ofSeconds(8));
    it.settle(Duration.ZERO);
    assertThat(images()).containsExactly(Sets.OLD, Sets.OLD, Sets.NEW);
    it.clock.turn(Duration.ofSeconds(1));
    it.settle(Duration.ZERO);
    assertThat(images()).containsExactly(Sets.OLD, Sets.NEW, Sets.NEW);
  }

  @Test
  void c25AnOrderedScaleDownWaitsForMinReadySecondsAndOnDeleteDoesNot() {
    it.create(Sets.web(2));
    it.editSpec(spec ->
        spec.withMinReadySeconds(10)
            .withNewUpdateStrategy()
            .withType("OnDelete")
            .endUpdateStrategy());
    it.settle();
    it.image(Sets.NEW);
    it.world.remove(it.pod(1));
    it.settle(Duration.ZERO);
    assertThat(images()).containsExactly(Sets.OLD, Sets.NEW);
    it.world.remove(it.pod(0));
    it.settle(Duration.ZERO);
    it.scale(1);
    it.settle(Duration.ofSeconds(5));
    assertThat(it.podNames()).isEqualTo("web-0 web-1");
    it.settle(Duration.ofSeconds(30));
    assertThat(it.podNames()).isEqualTo("web-0");
  }

  @ParameterizedTest
  @CsvSource({
    "OrderedReady,,1",
    "OrderedReady,2,2",
    "Parallel,,1",
    "Parallel,50%,2",
    "Parallel,10%,1"
  })
  void c26APlanTellsWhatIsUnavailableAndWhatMayBe(
      String policy, @Nullable String limit, int expected) {
    it.create(Sets.web(new Sets.Mode(policy, null), 4));
    rolling(
        0,
        limit == null
            ? null
            : limit.endsWith("%")
                ? new IntOrString(limit)
                : new IntOrString(Integer.valueOf(limit)));
    it.settle();
    var plan = Plans.of(it);
    assertThat(plan.availability()).contains(new Plan.Availability(0, expected));
    it.node.unready(it.pod(3));
    it.sync();
    assertThat(Plans.of(it).availability()).contains(new Plan.Availability(1, expected));
  }

  private void rolling(int partition, @Nullable IntOrString maxUnavailable) {
    it.editSpec(spec ->
        spec.editUpdateStrategy()
            .withNewRollingUpdate()
            .withPartition(partition)
            .withMaxUnavailable(maxUnavailable)
            .endRollingUpdate()
            .endUpdateStrategy());
  }

  private void until(java.util.function.BooleanSupplier there, int... ordinals) {
    for (int i = 0; i < 10 && !there.getAsBoolean(); i++) {
      for (int ordinal : ordinals) {
        var pod = it.pod(ordinal);
        if (!Pods.isRunning(pod)) it.node.step(pod);
      }
      it.sync();
    }
    assertThat(there.getAsBoolean()).isTrue();
  }

  private List<Integer> terminating() {
    return it.pods().stream().filter(Pods::isTerminating).map(Sets::ordinal).toList();
  }

  private List<String> images() {
    return it.pods().stream().map(Sets::image).toList();
  }
}
