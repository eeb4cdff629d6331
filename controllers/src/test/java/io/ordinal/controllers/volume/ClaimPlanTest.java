package io.ordinal.controllers.volume;

import static io.ordinal.controllers.manifests.Manifests.claim;
import static io.ordinal.controllers.manifests.Manifests.pod;
import static io.ordinal.controllers.manifests.Manifests.storageClass;
import static io.ordinal.controllers.manifests.Manifests.volume;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimPlanTest {
  private static final String TO_DATA = "claimRef: {namespace: default, name: data, uid: data-uid}";
  private static final String BOUND = "annotations: {pv.kubernetes.io/bind-completed: 'yes'}";
  private static final StorageClass WAITING =
      storageClass("slow", "ordinal.io/local", "WaitForFirstConsumer");

  private static ClaimPlan plan(PersistentVolumeClaim claim, PersistentVolume... volumes) {
    return plan(claim, List.of(), List.of(), volumes);
  }

  private static ClaimPlan plan(
      PersistentVolumeClaim claim,
      List<StorageClass> classes,
      List<Pod> users,
      PersistentVolume... volumes) {
    Optional<PersistentVolume> named =
        List.of(volumes).stream()
            .filter(v -> v.getMetadata().getName().equals(claim.getSpec().getVolumeName()))
            .findFirst();
    return ClaimPlan.of(new ClaimPlan.Observed(claim, named, List.of(volumes), classes, users));
  }

  private static String reason(ClaimPlan plan) {
    assertThat(plan).isInstanceOf(ClaimPlan.Stay.class);
    return ((ClaimPlan.Stay) plan).telling().map(ClaimPlan.Telling::reason).orElse("");
  }

  private static String chosen(ClaimPlan plan) {
    assertThat(plan).isInstanceOf(ClaimPlan.Bind.class);
    return ((ClaimPlan.Bind) plan).volume().getMetadata().getName();
  }

  @Test
  void theSmallestVolumeThatIsLargeEnoughIsTaken() {
    assertThat(
            chosen(
                plan(
                    claim("data", "", "storageClassName: ''"),
                    volume("huge", "", "capacity: {storage: 100Gi}", "Available"),
                    volume("fit", "", "capacity: {storage: 20Gi}", "Available"),
                    volume("tiny", "", "capacity: {storage: 1Gi}", "Available"))))
        .isEqualTo("fit");
  }

  @Test
  void aVolumeThatNamesTheClaimWins() {
    assertThat(
            chosen(
                plan(
                    claim("data", "", "storageClassName: ''"),
                    volume("fit", "", "", "Available"),
                    volume("mine", "", TO_DATA + ", capacity: {storage: 100Gi}", "Available"))))
        .isEqualTo("mine");
  }

  @Test
  void otherClassesModesAndOwnersDoNotMatch() {
    assertThat(
            reason(
                plan(
                    claim("data", "", "storageClassName: ''"),
                    volume("a", "", "storageClassName: fast", "Available"),
                    volume("b", "", "volumeMode: Block", "Available"),
                    volume("c", "", "claimRef: {namespace: default, name: x, uid: y}", "Bound"),
                    volume("d", "deletionTimestamp: '2026-01-01T00:00:00Z'", "", "Available"),
                    volume("e", "", "", "Released"))))
        .isEqualTo("FailedBinding");
  }

  @Test
  void aClaimWithoutClassTakesTheDefaultOne() {
    var standard = storageClass("standard", "ordinal.io/local", "Immediate");
    standard.getMetadata().getAnnotations().put(Claims.DEFAULT_CLASS, "true");
    assertThat(plan(claim("data", "", ""), List.of(standard), List.of()))
        .isEqualTo(new ClaimPlan.TakeClass("standard"));
    assertThat(
            reason(plan(claim("data", "", "storageClassName: ''"), List.of(standard), List.of())))
        .as("an empty class is an answer too")
        .isEqualTo("FailedBinding");
  }

  @Test
  void aWaitingClaimSaysWhomItWaitsFor() {
    var waiting = claim("data", "", "storageClassName: slow");
    assertThat(reason(plan(waiting, List.of(WAITING), List.of())))
        .isEqualTo("WaitForFirstConsumer");
    assertThat(plan(waiting, List.of(WAITING), List.of(pod("web-0", ""))))
        .isEqualTo(
            new ClaimPlan.Stay(
                "Pending",
                Optional.of(
                    new ClaimPlan.Telling(
                        false, "WaitForPodScheduled", "waiting for pod web-0 to be scheduled"))));
  }

  @Test
  void aWaitingClaimTakesOnlyAVolumeThatNamesIt() {
    var waiting = claim("data", "", "storageClassName: slow");
    assertThat(
            reason(
                plan(
                    waiting,
                    List.of(WAITING),
                    List.of(),
                    volume("free", "", "storageClassName: slow", "Available"))))
        .isEqualTo("WaitForFirstConsumer");
    assertThat(
            chosen(
                plan(
                    waiting,
                    List.of(WAITING),
                    List.of(),
                    volume("mine", "", TO_DATA + ", storageClassName: slow", "Available"))))
        .isEqualTo("mine");
  }

  @Test
  void aSelectedNodeAsksTheProvisioner() {
    var selected =
        claim(
            "data",
            "annotations: {volume.kubernetes.io/selected-node: n1}",
            "storageClassName: slow");
    assertThat(plan(selected, List.of(WAITING), List.of()))
        .isEqualTo(new ClaimPlan.AskProvisioner("ordinal.io/local"));
    assertThat(reason(plan(claim("data", "", "storageClassName: gone"), List.of(), List.of())))
        .isEqualTo("ProvisioningFailed");
  }

  @Test
  void aNamedVolumeIsCheckedBeforeItIsTaken() {
    var names = claim("data", "", "storageClassName: '', volumeName: pv");
    assertThat(plan(names)).isEqualTo(new ClaimPlan.Stay("Pending", Optional.empty()));
    assertThat(reason(plan(names, volume("pv", "", "capacity: {storage: 1Gi}", "Available"))))
        .isEqualTo("VolumeMismatch");
    assertThat(chosen(plan(names, volume("pv", "", "", "Available")))).isEqualTo("pv");
    assertThat(
            reason(
                plan(
                    names,
                    volume("pv", "", "claimRef: {namespace: default, name: x, uid: y}", "Bound"))))
        .isEqualTo("FailedBinding");
  }

  @Test
  void aBoundClaimThatLostItsVolumeSaysSo() {
    var bound = claim("data", BOUND, "volumeName: pv");
    assertThat(reason(plan(bound))).isEqualTo("ClaimLost");
    assertThat(reason(plan(claim("data", BOUND, "")))).isEqualTo("ClaimLost");
    assertThat(
            reason(
                plan(
                    bound,
                    volume("pv", "", "claimRef: {namespace: default, name: x, uid: y}", "Bound"))))
        .isEqualTo("ClaimMisbound");
    assertThat(chosen(plan(bound, volume("pv", "", TO_DATA, "Bound")))).isEqualTo("pv");
    assertThat(chosen(plan(bound, volume("pv", "", "", "Available")))).isEqualTo("pv");
  }
}
