package io.ordinal.controllers.volume;

import static io.ordinal.controllers.manifests.Manifests.volume;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErasePlanTest {
  private static final String NAME = "pvc-data-uid";
  private static final String PATH = "/volumes/" + NAME;

  /// Never data that the policy keeps, that a claim still has, or that we did not put there.
  @ParameterizedTest
  @CsvSource({
    "Delete, Released, no,  /volumes/pvc-data-uid, CONDEMN",
    "Delete, Bound,    no,  /volumes/pvc-data-uid, NOTHING",
    "Delete, Failed,   no,  /volumes/pvc-data-uid, NOTHING",
    "Retain, Released, no,  /volumes/pvc-data-uid, NOTHING",
    "Delete, Released, yes, /volumes/pvc-data-uid, ERASE",
    "Delete, Bound,    yes, /volumes/pvc-data-uid, NOTHING",
    "Retain, Released, yes, /volumes/pvc-data-uid, LET_GO",
    "Retain, Bound,    yes, /volumes/pvc-data-uid, NOTHING",
    "Delete, Released, no,  /etc,                  DISOWN",
    "Delete, Released, yes, /etc,                  LET_GO",
  })
  void dataGoesOnlyWhen(
      String policy, String phase, String leaving, String path, ErasePlan expected) {
    assertThat(ErasePlan.of(made(policy, phase, leaving.equals("yes"), path), PATH))
        .isEqualTo(expected);
  }

  private static PersistentVolume made(String policy, String phase, boolean leaving, String path) {
    String deletion = leaving ? ", deletionTimestamp: '2026-01-01T00:00:00Z'" : "";
    return volume(
        NAME,
        "annotations: {pv.kubernetes.io/provisioned-by: ordinal.io/local}, finalizers:"
            + " [ordinal.io/local-volume]"
            + deletion,
        "claimRef: {namespace: default, name: data, uid: data-uid}, local: {path: %s},"
                .formatted(path)
            + " persistentVolumeReclaimPolicy: "
            + policy,
        phase);
  }
}
