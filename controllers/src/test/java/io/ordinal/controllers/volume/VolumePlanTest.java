package io.ordinal.controllers.volume;

import static io.ordinal.controllers.manifests.Manifests.claim;
import static io.ordinal.controllers.manifests.Manifests.volume;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumePlanTest {
  private static final String TO_DATA = "claimRef: {namespace: default, name: data, uid: data-uid}";

  @Test
  void aVolumeNobodyClaimsIsAvailable() {
    assertThat(VolumePlan.of(volume("pv", "", "", "Pending"), Optional.empty()))
        .isEqualTo(new VolumePlan.Stay("Available"));
    assertThat(
            VolumePlan.of(
                volume("pv", "", "claimRef: {namespace: default, name: data}", "Pending"),
                Optional.of(claim("data", "", ""))))
        .isEqualTo(new VolumePlan.Stay("Available"));
  }

  @ParameterizedTest
  @CsvSource({"Retain,RETAIN", "Delete,DELETE", "Recycle,RECYCLE", ",RETAIN"})
  void aVolumeWhoseClaimIsGoneIsReleased(String policy, VolumePlan.Reclaim then) {
    String reclaim = policy == null ? "" : ", persistentVolumeReclaimPolicy: " + policy;
    assertThat(VolumePlan.of(volume("pv", "", TO_DATA + reclaim, "Bound"), Optional.empty()))
        .isEqualTo(new VolumePlan.Release(then));
  }

  @Test
  void aNamesakeOfTheClaimIsNotTheClaim() {
    assertThat(
            VolumePlan.of(
                volume("pv", "", TO_DATA, "Bound"), Optional.of(claim("data", "uid: other", ""))))
        .isEqualTo(new VolumePlan.Release(VolumePlan.Reclaim.RETAIN));
  }

  @Test
  void itFollowsWhatTheClaimSays() {
    var volume = volume("pv", "", TO_DATA, "Bound");
    assertThat(VolumePlan.of(volume, Optional.of(claim("data", "", ""))))
        .isEqualTo(new VolumePlan.AwaitClaim());
    assertThat(VolumePlan.of(volume, Optional.of(claim("data", "", "volumeName: pv"))))
        .isEqualTo(new VolumePlan.Stay("Bound"));
    assertThat(VolumePlan.of(volume, Optional.of(claim("data", "", "volumeName: other"))))
        .isEqualTo(new VolumePlan.Free(true));
  }

  @Test
  void aVolumeMadeForAClaimThatTookAnotherIsReleased() {
    var made =
        volume(
            "pv",
            "annotations: {pv.kubernetes.io/provisioned-by: ordinal.io/local}",
            TO_DATA + ", persistentVolumeReclaimPolicy: Delete",
            "Bound");
    assertThat(VolumePlan.of(made, Optional.of(claim("data", "", "volumeName: other"))))
        .isEqualTo(new VolumePlan.Release(VolumePlan.Reclaim.DELETE));
  }
}
