package io.ordinal.controllers.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.OwnerRefs;
import io.ordinal.kube.Pods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The lines Q01–Q22 of the behaviour checklist: which changes concern which sets, and whose pods
/// are whose.
class QueueTest {
  private static final ObjectKey WEB = new ObjectKey(World.NAMESPACE, "web");
  private final SetWorld it = new SetWorld();
  private final Routing routing = new Routing(it.caches.sets());

  @Test
  void q01DrivesASetToItsReplicas() {
    running(3);
    assertThat(it.pods()).hasSize(3).allMatch(Pods::isRunningAndReady);
  }

  @Test
  void q02DrivesASetToNothing() {
    running(3);
    it.scale(0);
    it.settle();
    assertThat(it.pods()).isEmpty();
  }

  @Test
  void q03WaitsForAPodThatEndsBeforeItRemovesTheNext() {
    running(3);
    it.world.remove(it.pod(2));
    it.scale(0);
    it.sync();
    assertThat(it.pods().stream().filter(Pods::isTerminating)).hasSize(1);
    it.node.step(it.pod(2));
    it.sync();
    assertThat(it.pods().stream().filter(Pods::isTerminating).map(Sets::ordinal))
        .containsExactly(1);
  }

  @Test
  void q04APodThatEndsBlocksScalingUntilItIsGone() {
    it.create(Sets.web(1));
    it.settle();
    it.world.remove(it.pod(0));
    it.scale(3);
    it.sync();
    assertThat(it.podNames()).isEqualTo("web-0");
    it.settle();
    assertThat(it.pods()).hasSize(3);
  }

  @Test
  void q05ASetThatEndsOnlyReports() {
    running(3);
    it.world.edit(it.set(), s -> withFinalizer(s));
    it.world.remove(it.set());
    it.node.phase(it.pod(1), "Failed");
    it.scale(5);
    it.sync();
    assertThat(it.pods()).hasSize(3).noneMatch(Pods::isTerminating);
    assertThat(it.status().getReadyReplicas()).isEqualTo(2);
  }

  @Test
  void q06NothingIsAdoptedForASetThatEndsBehindTheCachesBack() {
    it.create(withFinalizer(Sets.web(1)));
    it.settle();
    it.world.edit(it.pod(0), QueueTest::orphaned);
    while (it.world.deliver()) {}
    it.world.remove(it.set());
    it.controller.step();
    assertThat(OwnerRefs.of(it.pod(0))).isEmpty();
  }

  @Test
  void q07APodThatAppearsConcernsItsOwner() {
    var set = knownSet("web");
    assertThat(routing.changed(null, podOf(set, 0))).containsExactly(WEB);
    var stranger =
        new StatefulSetBuilder(set).editMetadata().withUid("other").endMetadata().build();
    assertThat(routing.changed(null, podOf(stranger, 0))).isEmpty();
  }

  @Test
  void q08AnOrphanConcernsEverySetThatSelectsIt() {
    var set = knownSet("web");
    knownSet("web2");
    var orphan = orphaned(podOf(set, 0));
    assertThat(routing.changed(null, orphan))
        .containsExactly(WEB, new ObjectKey(World.NAMESPACE, "web2"));
    var going =
        new PodBuilder(orphan).editMetadata().withDeletionTimestamp("x").endMetadata().build();
    assertThat(routing.changed(null, going)).isEmpty();
  }

  @Test
  void q09APodWithoutASetConcernsNobody() {
    var stranger = Sets.web(1);
    stranger.getMetadata().setUid("x");
    assertThat(routing.changed(null, orphaned(podOf(stranger, 0)))).isEmpty();
  }

  @Test
  void q10AnUpdatedPodConcernsItsOwner() {
    var set = knownSet("web");
    var before = podOf(set, 0);
    assertThat(routing.changed(before, version(before, "2"))).containsExactly(WEB);
  }

  @Test
  void q11TheSameVersionIsNoNews() {
    var pod = podOf(knownSet("web"), 0);
    assertThat(routing.changed(pod, pod)).isEmpty();
  }

  @Test
  void q12ARelabelledOrphanConcernsWhoeverSelectsIt() {
    var set = knownSet("web");
    var orphan = orphaned(podOf(set, 0));
    var unlabelled =
        new PodBuilder(orphan).editMetadata().withLabels(Map.of("a", "b")).endMetadata().build();
    assertThat(routing.changed(unlabelled, version(orphan, "2"))).containsExactly(WEB);
    assertThat(routing.changed(orphan, version(orphan, "2"))).isEmpty();
  }

  @Test
  void q13APodThatChangesHandsConcernsBothAndAReleasedOneAllThatSelectIt() {
    var web = knownSet("web");
    var other = knownSet("web2");
    var before = podOf(web, 0);
    var after = version(owned(before, other), "2");
    assertThat(routing.changed(before, after))
        .containsExactly(WEB, new ObjectKey(World.NAMESPACE, "web2"));
    assertThat(routing.changed(before, version(orphaned(before), "2")))
        .containsExactly(WEB, new ObjectKey(World.NAMESPACE, "web2"));
  }

  @Test
  void q14ADeletedPodConcernsItsOwnerAndADeletedOrphanNobody() {
    var set = knownSet("web");
    assertThat(routing.changed(podOf(set, 0), null)).containsExactly(WEB);
    assertThat(routing.changed(orphaned(podOf(set, 0)), null)).isEmpty();
  }

  @Test
  void q15OverlappingSelectorsAllCount() {
    var set = knownSet("web");
    knownSet("web2");
    assertThat(routing.selecting(podOf(set, 0))).hasSize(2);
  }

  @Test
  void q16OnlyOrphansThatFitByNameAndLabelsAreAdopted() {
    var set = knownSet("web");
    var fits = orphaned(podOf(set, 0));
    var wrongName = renamed(fits, "other-0");
    var wrongLabels =
        new PodBuilder(fits).editMetadata().withLabels(Map.of("a", "b")).endMetadata().build();
    var ownership = Ownership.of(set, List.of(fits, wrongName, wrongLabels));
    assertThat(ownership.toAdopt()).containsExactly(fits);
    assertThat(ownership.managed()).isEmpty();
  }

  @Test
  void q17WhatNoLongerFitsIsReleasedAndForeignPodsAreIgnored() {
    var set = knownSet("web");
    var fits = podOf(set, 0);
    var wrongName = renamed(fits, "other-0");
    var wrongLabels =
        new PodBuilder(fits).editMetadata().withLabels(Map.of("a", "b")).endMetadata().build();
    var foreign = owned(fits, knownSet("web2"));
    var ownership = Ownership.of(set, List.of(fits, wrongName, wrongLabels, foreign));
    assertThat(ownership.managed()).containsExactly(fits);
    assertThat(ownership.toRelease()).containsExactly(wrongName, wrongLabels);
  }

  @Test
  void q17ReleasedPodsLoseTheReferenceToTheSet() {
    it.create(Sets.web(2));
    it.settle();
    it.world.edit(
        it.pod(1),
        p -> new PodBuilder(p).editMetadata().withLabels(Map.of("a", "b")).endMetadata().build());
    it.sync();
    assertThat(OwnerRefs.of(it.pod(1))).isEmpty();
    assertThat(it.failures).as("its name is taken").isNotEmpty();
  }

  @Test
  void q18OrphanRevisionsAreAdoptedAlsoWithoutAHash() {
    it.create(Sets.web(1));
    it.settle();
    var revision = it.revisions().getFirst();
    it.world.edit(
        revision,
        r ->
            new ControllerRevisionBuilder(r)
                .editMetadata()
                .withOwnerReferences()
                .removeFromLabels("controller.kubernetes.io/hash")
                .endMetadata()
                .build());
    it.queue.add(WEB);
    it.sync();
    assertThat(it.world.all(ControllerRevision.class))
        .hasSize(1)
        .allMatch(r -> OwnerRefs.isControlledBy(r, it.set()));
  }

  static Stream<Sets.Mode> retentions() {
    return Sets.modes().filter(mode -> mode.ordered() && mode.retention() != null);
  }

  @ParameterizedTest
  @MethodSource("retentions")
  void q19AdoptingPodsGivesTheirClaimsTheOwnersOfThePolicy(Sets.Mode mode) {
    it.create(Sets.web(2));
    it.settle();
    var orphans = it.set();
    it.pods().forEach(pod -> it.world.edit(pod, QueueTest::orphaned));
    it.world.vanish(orphans);
    it.sync();
    it.create(Sets.web(mode, 2));
    it.settle();
    assertThat(it.pods()).hasSize(2).allMatch(pod -> OwnerRefs.isControlledBy(pod, it.set()));
    boolean owned = "Delete".equals(mode.retention() == null ? "" : mode.retention().whenDeleted());
    assertThat(it.world.all(PersistentVolumeClaim.class))
        .allMatch(claim -> OwnerRefs.of(claim).size() == (owned ? 1 : 0));
  }

  @Test
  void q20WaitsForTheCollectorToTakeAClaimOfAnEarlierPod() {
    it.create(Sets.web(new Sets.Mode("OrderedReady", new Sets.Retention("Retain", "Delete")), 2));
    it.settle();
    it.scale(1);
    it.sync();
    it.node.step(it.pod(1));
    it.sync();
    var stale = it.world.get(PersistentVolumeClaim.class, "www-web-1").orElseThrow();
    it.scale(2);
    it.sync();
    assertThat(it.podNames()).isEqualTo("web-0");
    it.settle();
    assertThat(it.podNames()).isEqualTo("web-0 web-1");
    assertThat(World.uid(it.world.get(PersistentVolumeClaim.class, "www-web-1").orElseThrow()))
        .isNotEqualTo(World.uid(stale));
  }

  @Test
  void q21LooksAgainAtTheEarliestMomentAPodBecomesAvailable() {
    it.create(Sets.web(1));
    it.editSpec(spec -> spec.withMinReadySeconds(20));
    it.settle(Duration.ZERO);
    var ready = Pods.readySince(it.pod(0)).orElseThrow();
    assertThat(it.queue.nextDue()).contains(ready.plusSeconds(20));
  }

  @Test
  void q22AChangeOfTheManagingOwnerIsSeen() {
    var web = knownSet("web");
    var pod = podOf(web, 0);
    assertThat(Routing.changedHands(pod, pod)).isFalse();
    assertThat(Routing.changedHands(pod, orphaned(pod))).isTrue();
    assertThat(Routing.changedHands(orphaned(pod), pod)).isTrue();
    assertThat(Routing.changedHands(pod, owned(pod, knownSet("web2")))).isTrue();
  }

  private void running(int replicas) {
    it.create(Sets.web(replicas));
    it.settle();
  }

  private StatefulSet knownSet(String name) {
    var set =
        new StatefulSetBuilder(Sets.web(3))
            .editMetadata()
            .withName(name)
            .withUid("uid-of-" + name)
            .withResourceVersion("1")
            .endMetadata()
            .build();
    it.caches.sets().apply(set);
    return set;
  }

  private static StatefulSet withFinalizer(StatefulSet set) {
    return new StatefulSetBuilder(set)
        .editMetadata()
        .withFinalizers("foregroundDeletion")
        .endMetadata()
        .build();
  }

  private static Pod podOf(StatefulSet set, int ordinal) {
    var revision = new Revision("web-1", set.getSpec().getTemplate());
    return version(PodIdentity.newPod(SetSpec.of(set), revision, ordinal), "1");
  }

  private static Pod version(Pod pod, String version) {
    return new PodBuilder(pod).editMetadata().withResourceVersion(version).endMetadata().build();
  }

  private static Pod orphaned(Pod pod) {
    return new PodBuilder(pod).editMetadata().withOwnerReferences().endMetadata().build();
  }

  private static Pod renamed(Pod pod, String name) {
    return new PodBuilder(pod).editMetadata().withName(name).endMetadata().build();
  }

  private static Pod owned(Pod pod, StatefulSet by) {
    return new PodBuilder(pod)
        .editMetadata()
        .withOwnerReferences(OwnerRefs.controllerRef(by))
        .endMetadata()
        .build();
  }
}
