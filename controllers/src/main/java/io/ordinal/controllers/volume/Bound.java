package io.ordinal.controllers.volume;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatusBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How claims and volumes look when they are bound; each answer is empty when nothing is missing.
final class Bound {
  private Bound() {}

  /// The volume with the claim's name and uid in it.
  static Optional<PersistentVolume> promised(PersistentVolume volume, PersistentVolumeClaim claim) {
    var ref = volume.getSpec().getClaimRef();
    if (ref != null && claim.getMetadata().getUid().equals(ref.getUid())) {
      return Optional.empty();
    }
    var changed = new PersistentVolumeBuilder(volume);
    if (ref == null) {
      changed.editMetadata().addToAnnotations(Claims.BOUND_BY_CONTROLLER, "yes").endMetadata();
    }
    return Optional.of(changed.editSpec().withClaimRef(Claims.reference(claim)).endSpec().build());
  }

  static Optional<PersistentVolume> ofPhase(PersistentVolume volume, String phase, String message) {
    var status = volume.getStatus();
    boolean same =
        status != null
            && phase.equals(status.getPhase())
            && message.equals(Claims.orEmpty(status.getMessage()));
    if (same) {
      return Optional.empty();
    }
    var changed =
        status == null
            ? new PersistentVolumeStatusBuilder()
            : new PersistentVolumeStatusBuilder(status);
    return Optional.of(
        new PersistentVolumeBuilder(volume)
            .withStatus(
                changed.withPhase(phase).withMessage(message.isEmpty() ? null : message).build())
            .build());
  }

  /// The claim with the volume's name in it.
  static Optional<PersistentVolumeClaim> naming(
      PersistentVolumeClaim claim, PersistentVolume volume) {
    String name = volume.getMetadata().getName();
    if (Claims.isBound(claim) && name.equals(Claims.volumeName(claim))) {
      return Optional.empty();
    }
    var changed = new PersistentVolumeClaimBuilder(claim);
    if (!name.equals(Claims.volumeName(claim))) {
      changed.editMetadata().addToAnnotations(Claims.BOUND_BY_CONTROLLER, "yes").endMetadata();
    }
    return Optional.of(
        changed
            .editMetadata()
            .addToAnnotations(Claims.BIND_COMPLETED, "yes")
            .endMetadata()
            .editSpec()
            .withVolumeName(name)
            .endSpec()
            .build());
  }

  /// The claim with the status that the volume gives it. What it may hold follows the volume: that
  /// is how a grown volume is told.
  static Optional<PersistentVolumeClaim> satisfied(
      PersistentVolumeClaim claim, PersistentVolume volume) {
    Map<String, Quantity> capacity = volume.getSpec().getCapacity();
    PersistentVolumeClaimStatus status = claim.getStatus();
    boolean same =
        status != null
            && "Bound".equals(status.getPhase())
            && status.getAccessModes().equals(volume.getSpec().getAccessModes())
            && status.getCapacity().equals(capacity);
    return same
        ? Optional.empty()
        : Optional.of(
            new PersistentVolumeClaimBuilder(claim)
                .withStatus(
                    editable(status)
                        .withPhase("Bound")
                        .withAccessModes(volume.getSpec().getAccessModes())
                        .withCapacity(capacity)
                        .build())
                .build());
  }

  /// The claim in a phase in which it has no volume.
  static Optional<PersistentVolumeClaim> without(PersistentVolumeClaim claim, String phase) {
    PersistentVolumeClaimStatus status = claim.getStatus();
    if (status != null
        && phase.equals(status.getPhase())
        && status.getCapacity().isEmpty()
        && status.getAccessModes().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PersistentVolumeClaimBuilder(claim)
            .withStatus(
                editable(status).withPhase(phase).withAccessModes().withCapacity(Map.of()).build())
            .build());
  }

  private static PersistentVolumeClaimStatusBuilder editable(
      @Nullable PersistentVolumeClaimStatus status) {
    return status == null
        ? new PersistentVolumeClaimStatusBuilder()
        : new PersistentVolumeClaimStatusBuilder(status);
  }
}
