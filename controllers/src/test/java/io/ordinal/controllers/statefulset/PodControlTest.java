package io.ordinal.controllers.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.ordinal.controllers.statefulset.ClaimRetention.Fate;
import io.ordinal.kube.Consistency;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.OwnerRefs;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The lines P01–P16 of the behaviour checklist: what is done to one pod and its claims, and what
/// is said.
class PodControlTest {
  private static final String CLAIM_MADE =
      "Normal SuccessfulCreate: create Claim www-web-0 Pod web-0 in StatefulSet web success";
  private static final String POD_MADE =
      "Normal SuccessfulCreate: create Pod web-0 in StatefulSet web successful";
  private static final String CLAIM_NOT_MADE =
      "Warning FailedCreate: create Claim www-web-0 for Pod web-0 in StatefulSet web failed error: "
          + "it did not work";
  private static final String POD_NOT_MADE =
      "Warning FailedCreate: create Pod web-0 in StatefulSet web failed error: ";

  private final SetWorld it = new SetWorld();

  @Test
  void p01CreatesClaimsThenThePodAndSaysSo() {
    it.create(Sets.web(1));
    it.pass();
    assertThat(it.events).containsExactly(CLAIM_MADE, POD_MADE);
  }

  @Test
  void p02APodOfThatNameIsAnErrorWithoutAnEvent() {
    var foreign = new PodBuilder().withNewMetadata().withName("web-0").endMetadata();
    it.world.put(foreign.withNewSpec().endSpec().build());
    it.create(Sets.web(1));
    it.pass();
    assertThat(it.events).containsExactly(CLAIM_MADE);
    assertThat(it.failures).hasSize(1);
  }

  @Test
  void p03AClaimThatCannotBeMadeIsSaidTwice() {
    Fault.once(it.world, "create", PersistentVolumeClaim.class, 500);
    it.create(Sets.web(1));
    it.pass();
    assertThat(it.events).containsExactly(CLAIM_NOT_MADE, POD_NOT_MADE + "it did not work");
    assertThat(it.pods()).isEmpty();
  }

  @Test
  void p04APodDoesNotStartOnAClaimThatGoesAway() {
    it.world.put(claimThatGoes());
    it.world.remove(claim());
    it.create(Sets.web(1));
    it.pass();
    assertThat(it.events).containsExactly(POD_NOT_MADE + "pvc www-web-0 is being deleted");
    assertThat(it.pods()).isEmpty();
    it.world.edit(claim(), c -> withoutFinalizers(c));
    it.settle();
    assertThat(it.podNames()).isEqualTo("web-0");
  }

  @Test
  void p05AClaimThatCannotBeLookedUpIsAnErrorWithEvents() {
    // The cache does not know the claim yet, and the server does not say what it has under that
    // name.
    it.create(Sets.web(1));
    it.world.deliver();
    it.world.put(Claims.newClaim(template(), spec(), 0));
    it.world.gate((verb, object) -> {
      if (verb.equals("find") && object instanceof PersistentVolumeClaim) {
        throw World.refusal(500, "InternalError", "it did not work");
      }
    });
    it.controller.step();
    assertThat(it.events).containsExactly(CLAIM_NOT_MADE, POD_NOT_MADE + "it did not work");
  }

  @Test
  void p06APodThatCannotBeMadeIsSaid() {
    Fault.once(it.world, "create", Pod.class, 500);
    it.create(Sets.web(1));
    it.pass();
    assertThat(it.events).containsExactly(CLAIM_MADE, POD_NOT_MADE + "it did not work");
  }

  @Test
  void p07NothingIsDoneOrSaidWhenAllIsWell() {
    it.create(Sets.web(3));
    it.settle();
    it.events.clear();
    it.queue.add(new ObjectKey(World.NAMESPACE, "web"));
    it.world.gate((verb, object) -> {
      throw new AssertionError(verb + " " + object);
    });
    it.pass();
    assertThat(it.events).isEmpty();
    assertThat(it.failures).isEmpty();
  }

  @Test
  void p08AWrongIdentityIsMendedWithOneUpdate() {
    it.create(Sets.web(1));
    it.settle();
    it.events.clear();
    var updates = countUpdates();
    mislabel(it.pod(0));
    it.settle();
    assertThat(updates).hasValue(1);
    assertThat(it.events)
        .containsExactly("Normal SuccessfulUpdate: update Pod web-0 in StatefulSet web successful");
  }

  @Test
  void p09APodWithoutItsClaimVolumesIsUpdated() {
    it.create(Sets.web(1));
    it.settle();
    it.world.vanish(claim());
    it.world.edit(it.pod(0), p -> new PodBuilder(p).editSpec().withVolumes().endSpec().build());
    it.settle();
    assertThat(it.pod(0).getSpec().getVolumes()).hasSize(1);
    assertThat(claim().getMetadata().getName()).isEqualTo("www-web-0");
    assertThat(it.events).contains(CLAIM_MADE);
  }

  @Test
  void p10AnUpdateThatMeetsAnotherIsMadeAgainOnWhatIsThere() {
    it.create(Sets.web(1));
    it.settle();
    mislabel(it.pod(0));
    while (it.world.deliver()) {}
    it.world.edit(
        it.pod(0),
        p -> new PodBuilder(p).editMetadata().addToLabels("other", "news").endMetadata().build());
    it.controller.step();
    assertThat(it.failures).isEmpty();
    assertThat(it.pod(0).getMetadata().getLabels())
        .containsEntry(PodIdentity.POD_NAME, "web-0")
        .containsEntry("other", "news");
  }

  @Test
  void p11ADeletionOfWhatIsGoneSucceeds() {
    it.create(Sets.web(1));
    it.settle();
    it.events.clear();
    it.scale(0);
    while (it.world.deliver()) {}
    it.world.vanish(it.pod(0));
    it.controller.step();
    assertThat(it.events)
        .containsExactly("Normal SuccessfulDelete: delete Pod web-0 in StatefulSet web successful");
  }

  @Test
  void p11AnyOtherRefusalToDeleteIsSaid() {
    it.create(Sets.web(1));
    it.settle();
    it.events.clear();
    Fault.once(it.world, "delete", Pod.class, 403);
    it.scale(0);
    it.pass();
    assertThat(it.events)
        .containsExactly(
            "Warning FailedDelete: delete Pod web-0 in StatefulSet web failed error: it did not work");
  }

  @ParameterizedTest
  @CsvSource({
    "RETAIN,RETAIN,0,,true", "RETAIN,RETAIN,0,set,false", "RETAIN,RETAIN,5,pod,false",
    "DELETE,RETAIN,0,set,true", "DELETE,RETAIN,0,,false", "DELETE,RETAIN,5,set,true",
    "DELETE,RETAIN,5,pod,false", "RETAIN,DELETE,0,,true", "RETAIN,DELETE,0,pod,false",
    "RETAIN,DELETE,5,pod,true", "RETAIN,DELETE,5,,false", "DELETE,DELETE,0,set,true",
    "DELETE,DELETE,0,pod,false", "DELETE,DELETE,5,pod,true", "DELETE,DELETE,5,set,false"
  })
  void p12OwnersFollowThePolicy(
      Fate deleted, Fate scaled, int ordinal, String owner, boolean upToDate) {
    var retention = new ClaimRetention(deleted, scaled);
    var spec = spec();
    var pod = podOf(spec, ordinal);
    var claim = claimOwnedBy(owner == null ? null : owner.equals("set") ? spec.set() : pod);
    assertThat(retention.judge(claim, spec, pod).upToDate()).isEqualTo(upToDate);
    assertThat(retention.judge(retention.owned(claim, spec, pod), spec, pod).upToDate()).isTrue();
  }

  @Test
  void p13EveryClaimOfAPodGetsItsOwnerAndMissingOnesAreIgnored() {
    var set = Sets.web(new Sets.Mode("OrderedReady", new Sets.Retention("Delete", "Retain")), 1);
    var logs = new PersistentVolumeClaimBuilder(set.getSpec().getVolumeClaimTemplates().getFirst());
    set.getSpec()
        .getVolumeClaimTemplates()
        .add(logs.editMetadata().withName("logs").endMetadata().build());
    it.create(set);
    it.settle();
    assertThat(it.world.all(PersistentVolumeClaim.class))
        .hasSize(2)
        .allMatch(claim -> OwnerRefs.isControlledBy(claim, it.set()));
  }

  @Test
  void p14AClaimOfAnEarlierPodIsStale() {
    var spec = spec();
    var pod = podOf(spec, 0);
    var scaled = new ClaimRetention(Fate.RETAIN, Fate.DELETE);
    assertThat(scaled.isStale(claimOwnedBy(null), "web-0", pod)).isFalse();
    assertThat(scaled.isStale(claimOwnedBy(pod), "web-0", pod)).isFalse();
    assertThat(scaled.isStale(claimOwnedBy(pod), "web-0", null)).isTrue();
    assertThat(scaled.isStale(claimOwnedBy(pod), "web-0", other(pod))).isTrue();
    var kept = new ClaimRetention(Fate.DELETE, Fate.RETAIN);
    assertThat(kept.isStale(claimOwnedBy(pod), "web-0", null)).isFalse();
  }

  @Test
  void p15AChangedPolicyChangesTheOwnersOfClaimsThatExist() {
    it.create(Sets.web(2));
    it.settle();
    for (var deleted : List.of("Delete", "Retain", "Delete")) {
      it.editSpec(spec ->
          spec.withNewPersistentVolumeClaimRetentionPolicy()
              .withWhenDeleted(deleted)
              .withWhenScaled("Retain")
              .endPersistentVolumeClaimRetentionPolicy());
      it.settle();
      assertThat(it.world.all(PersistentVolumeClaim.class))
          .hasSize(2)
          .allMatch(c -> OwnerRefs.of(c).size() == (deleted.equals("Delete") ? 1 : 0));
    }
  }

  @Test
  void p16APassWaitsUntilTheCachesShowWhatTheLastOneWrote() {
    var key = new ObjectKey(World.NAMESPACE, "web");
    it.create(Sets.web(new Sets.Mode("Parallel", null), 3));
    it.pass();
    it.events.clear();
    it.queue.add(key);
    it.controller.step();
    assertThat(it.events).as("nothing is made twice on late caches").isEmpty();
    assertThat(it.failures).isEmpty();
    it.settle();
    assertThat(it.status().getReadyReplicas()).isEqualTo(3);
  }

  @Test
  void p16TheNewestWriteCounts() {
    var consistency = new Consistency(_ -> {});
    var key = new ObjectKey(World.NAMESPACE, "web");
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("web-0")
            .withUid("u")
            .endMetadata();
    consistency.wrote(
        key, it.caches.pods(), pod.editMetadata().withResourceVersion("7").endMetadata().build());
    assertThat(consistency.caughtUp(key)).isFalse();
    it.caches.pods().apply(pod.editMetadata().withResourceVersion("6").endMetadata().build());
    assertThat(consistency.caughtUp(key)).isFalse();
    it.caches.pods().apply(pod.editMetadata().withResourceVersion("7").endMetadata().build());
    assertThat(consistency.caughtUp(key)).isTrue();
  }

  private AtomicInteger countUpdates() {
    var updates = new AtomicInteger();
    it.world.gate((verb, _) -> {
      if (verb.equals("update")) updates.incrementAndGet();
    });
    return updates;
  }

  private void mislabel(Pod pod) {
    it.world.edit(
        pod,
        p ->
            new PodBuilder(p)
                .editMetadata()
                .addToLabels(PodIdentity.POD_NAME, "goofy")
                .endMetadata()
                .build());
  }

  private PersistentVolumeClaim claim() {
    return it.world.get(PersistentVolumeClaim.class, "www-web-0").orElseThrow();
  }

  private static PersistentVolumeClaim claimThatGoes() {
    var claim = new PersistentVolumeClaimBuilder(Claims.newClaim(template(), spec(), 0));
    return claim.editMetadata().withFinalizers("example.com/wait").endMetadata().build();
  }

  private static PersistentVolumeClaim withoutFinalizers(PersistentVolumeClaim claim) {
    return new PersistentVolumeClaimBuilder(claim)
        .editMetadata()
        .withFinalizers()
        .endMetadata()
        .build();
  }

  private static PersistentVolumeClaim template() {
    return Sets.web(1).getSpec().getVolumeClaimTemplates().getFirst();
  }

  private static SetSpec spec() {
    StatefulSet set = Sets.web(3);
    set.getMetadata().setUid("set-uid");
    return SetSpec.of(set);
  }

  private static Pod podOf(SetSpec spec, int ordinal) {
    var template = spec.set().getSpec().getTemplate();
    var pod = PodIdentity.newPod(spec, new Revision("web-1", template), ordinal);
    pod.getMetadata().setUid("pod-uid");
    return pod;
  }

  private static Pod other(Pod pod) {
    return new PodBuilder(pod).editMetadata().withUid("other").endMetadata().build();
  }

  private static PersistentVolumeClaim claimOwnedBy(
      io.fabric8.kubernetes.api.model.@org.jspecify.annotations.Nullable HasMetadata owner) {
    var refs = owner == null ? List.<OwnerReference>of() : List.of(OwnerRefs.controllerRef(owner));
    return new PersistentVolumeClaimBuilder(Claims.newClaim(template(), spec(), 0))
        .editMetadata()
        .withOwnerReferences(refs)
        .endMetadata()
        .build();
  }

  static OwnerReference ref(String kind, String name, String uid, boolean controller) {
    return new OwnerReferenceBuilder()
        .withApiVersion("v1")
        .withKind(kind)
        .withName(name)
        .withUid(uid)
        .withController(controller)
        .build();
  }
}
