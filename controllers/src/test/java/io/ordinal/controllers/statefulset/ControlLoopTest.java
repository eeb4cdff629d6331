package io.ordinal.controllers.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.ordinal.kube.OwnerRefs;
import io.ordinal.kube.Pods;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The lines C01–C14 of the behaviour checklist: creating, scaling, healing, failing.
class ControlLoopTest {
  private final SetWorld it = new SetWorld();

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#modes")
  void c01CreatesPodsInOrderWithTheirClaims(Sets.Mode mode) {
    it.create(Sets.web(mode, 3));
    it.settle();
    assertThat(it.podNames()).isEqualTo("web-0 web-1 web-2");
    assertThat(claims()).containsExactly("www-web-0", "www-web-1", "www-web-2");
    assertThat(it.status().getReplicas()).isEqualTo(3);
    assertThat(it.status().getReadyReplicas()).isEqualTo(3);
    assertThat(it.status().getUpdatedReplicas()).isEqualTo(3);
    assertThat(it.status().getObservedGeneration()).isEqualTo(1);
  }

  @Test
  void c01AnOrderedSetMakesTheNextPodOnlyWhenTheLastIsReady() {
    it.create(Sets.web(3));
    it.sync();
    assertThat(it.podNames()).isEqualTo("web-0");
    it.nodesWork();
    it.nodesWork();
    it.sync();
    assertThat(it.podNames()).isEqualTo("web-0");
    it.nodesWork();
    it.sync();
    assertThat(it.podNames()).isEqualTo("web-0 web-1");
  }

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#modes")
  void c02ScalesUp(Sets.Mode mode) {
    it.create(Sets.web(mode, 3));
    it.settle();
    var before = uids();
    it.scale(4);
    it.settle();
    assertThat(it.podNames()).isEqualTo("web-0 web-1 web-2 web-3");
    assertThat(uids()).startsWith(before.toArray(String[]::new));
    assertThat(it.status().getReadyReplicas()).isEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#modes")
  void c03ScalesDownFromTheHighestOrdinal(Sets.Mode mode) {
    it.create(Sets.web(mode, 4));
    it.settle();
    it.afterEachStep(() -> {
      if (mode.ordered())
        assertThat(it.pods().stream().filter(Pods::isTerminating)).hasSizeLessThan(2);
    });
    it.scale(0);
    it.settle();
    assertThat(it.podNames()).isEmpty();
    boolean collected = mode.retention() != null && mode.retention().whenScaled().equals("Delete");
    assertThat(claims()).hasSize(collected ? 0 : 4);
    assertThat(it.status().getReplicas()).isZero();
  }

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#modes")
  void c03CondemnedClaimsHaveTheOwnersOfThePolicyBeforeTheirPodGoes(Sets.Mode mode) {
    it.create(Sets.web(mode, 2));
    it.settle();
    it.scale(1);
    it.sync();
    assertThat(it.pod(1).getMetadata().getDeletionTimestamp()).isNotNull();
    assertThat(owners("www-web-1")).isEqualTo(expectedOwners(mode, "web-1"));
    assertThat(owners("www-web-0")).isEqualTo(expectedOwners(mode, null));
  }

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#modes")
  void c04MakesAPodAgainThatVanished(Sets.Mode mode) {
    it.create(Sets.web(mode, 5));
    it.settle();
    it.world.vanish(it.pod(2));
    it.settle();
    assertThat(it.podNames()).isEqualTo("web-0 web-1 web-2 web-3 web-4");
    assertThat(it.status().getReadyReplicas()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "OrderedReady,Failed",
    "OrderedReady,Succeeded",
    "Parallel,Failed",
    "Parallel,Succeeded"
  })
  void c05ReplacesAPodThatHasEnded(String policy, String phase) {
    it.create(Sets.web(new Sets.Mode(policy, null), 3));
    it.settle();
    var ended = it.pod(1);
    it.node.phase(ended, phase);
    it.sync();
    assertThat(it.pod(1).getMetadata().getDeletionTimestamp()).isNotNull();
    assertThat(deletions("web-1")).isEqualTo(1);
    it.sync();
    assertThat(deletions("web-1")).isEqualTo(1);
    it.settle();
    assertThat(World.uid(it.pod(1))).isNotEqualTo(World.uid(ended));
    assertThat(it.status().getReadyReplicas()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#policies")
  void c06TriesADeletionAgainThatFailed(Sets.Mode mode) {
    it.create(Sets.web(mode, 3));
    it.settle();
    var fault = Fault.once(it.world, "delete", Pod.class, 500);
    it.node.phase(it.pod(1), "Failed");
    it.settle();
    assertThat(fault.hit()).isTrue();
    assertThat(it.events).anyMatch(e -> e.startsWith("Warning FailedDelete: delete Pod web-1 in"));
    assertThat(it.status().getReadyReplicas()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#policies")
  void c07APodThatCannotBeCreatedLeavesTheStatusTrue(Sets.Mode mode) {
    Fault.once(it.world, "create", Pod.class, 500);
    it.create(Sets.web(mode, 3));
    it.pass();
    assertThat(it.failures).hasSize(1);
    assertThat(it.status().getObservedGeneration()).isEqualTo(1);
    assertThat(it.status().getReplicas()).isZero();
    it.settle();
    assertThat(it.status().getReadyReplicas()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#policies")
  void c08RepairsAnIdentityThatWasChangedAlsoAfterAFailure(Sets.Mode mode) {
    it.create(Sets.web(mode, 3));
    it.settle();
    Fault.once(it.world, "update", Pod.class, 500);
    it.world.edit(
        it.pod(0),
        pod ->
            new PodBuilder(pod)
                .editMetadata()
                .addToLabels(PodIdentity.POD_NAME, "goofy")
                .endMetadata()
                .build());
    it.sync();
    assertThat(it.events).anyMatch(e -> e.startsWith("Warning FailedUpdate: update Pod web-0 in"));
    it.settle();
    assertThat(it.pod(0).getMetadata().getLabels()).containsEntry(PodIdentity.POD_NAME, "web-0");
  }

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#policies")
  void c09WritesAStatusLaterThatCouldNotBeWritten(Sets.Mode mode) {
    Fault.once(it.world, "status", io.fabric8.kubernetes.api.model.apps.StatefulSet.class, 500);
    it.create(Sets.web(mode, 3));
    it.sync();
    assertThat(it.failures).hasSize(1);
    it.settle();
    assertThat(it.status().getReadyReplicas()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#policies")
  void c10CurrentReplicasStayWhenAnOutdatedPodCouldNotBeDeleted(Sets.Mode mode) {
    it.create(Sets.web(mode, 3));
    it.settle();
    Fault.once(it.world, "delete", Pod.class, 500);
    it.image(Sets.NEW);
    it.pass();
    assertThat(it.status().getCurrentReplicas()).isEqualTo(3);
    assertThat(it.status().getUpdatedReplicas()).isZero();
    it.sync();
    assertThat(it.status().getCurrentReplicas()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#policies")
  void c11MakesAClaimAgainThatAPendingPodMisses(Sets.Mode mode) {
    it.create(Sets.web(mode, 1));
    it.sync();
    it.world.vanish(it.world.get(PersistentVolumeClaim.class, "www-web-0").orElseThrow());
    it.sync();
    assertThat(claims()).containsExactly("www-web-0");
    assertThat(it.pod(0).getStatus().getPhase()).isEqualTo("Pending");
  }

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#policies")
  void c12BeginsAtTheStartOrdinal(Sets.Mode mode) {
    it.create(Sets.web(mode, 3));
    it.editSpec(spec -> spec.withNewOrdinals().withStart(2).endOrdinals());
    it.settle();
    assertThat(it.podNames()).isEqualTo("web-2 web-3 web-4");
    it.editSpec(spec -> spec.withNewOrdinals().withStart(4).endOrdinals());
    it.settle();
    assertThat(it.podNames()).isEqualTo("web-4 web-5 web-6");
    assertThat(it.status().getReadyReplicas()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("io.ordinal.controllers.statefulset.Sets#policies")
  void c13AScaleDownThatFailsOnceIsCompleted(Sets.Mode mode) {
    it.create(Sets.web(mode, 3));
    it.settle();
    Fault.once(it.world, "delete", Pod.class, 500);
    it.scale(0);
    it.sync();
    assertThat(it.status().getReplicas()).isEqualTo(3);
    it.settle();
    assertThat(it.podNames()).isEmpty();
    assertThat(it.status().getReplicas()).isZero();
  }

  @Test
  void c14RevisionsAreMadeOncePerTemplateAndReusedOnReturn() {
    it.create(Sets.web(1));
    it.settle();
    var first = it.revisions().getFirst().getMetadata().getName();
    assertThat(it.revisions()).extracting(r -> r.getRevision()).containsExactly(1L);
    it.scale(2);
    it.settle();
    assertThat(it.revisions()).hasSize(1);
    it.image(Sets.NEW);
    it.settle();
    assertThat(it.revisions()).extracting(r -> r.getRevision()).containsExactly(1L, 2L);
    it.image(Sets.OLD);
    it.settle();
    assertThat(it.revisions()).extracting(r -> r.getRevision()).containsExactly(2L, 3L);
    assertThat(it.revisions().getLast().getMetadata().getName()).isEqualTo(first);
    assertThat(it.status().getCurrentRevision()).isEqualTo(first);
  }

  private List<String> claims() {
    return it.world.all(PersistentVolumeClaim.class).stream()
        .map(claim -> claim.getMetadata().getName())
        .toList();
  }

  private List<String> uids() {
    return it.pods().stream().map(World::uid).toList();
  }

  private long deletions(String pod) {
    return it.events.stream()
        .filter(e ->
            e.equals(
                "Normal SuccessfulDelete: delete Pod " + pod + " in StatefulSet web successful"))
        .count();
  }

  private List<String> owners(String claim) {
    return OwnerRefs.of(it.world.get(PersistentVolumeClaim.class, claim).orElseThrow()).stream()
        .map(ref -> ref.getKind() + "/" + ref.getName())
        .toList();
  }

  private static List<String> expectedOwners(
      Sets.Mode mode, @org.jspecify.annotations.Nullable String condemned) {
    if (mode.retention() == null) return List.of();
    if (condemned != null && mode.retention().whenScaled().equals("Delete")) {
      return List.of("Pod/" + condemned);
    }
    return mode.retention().whenDeleted().equals("Delete") ? List.of("StatefulSet/web") : List.of();
  }
}
