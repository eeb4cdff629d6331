package io.ordinal.controllers.volume;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Objects;
import java.util.Optional;

/// What is to be done for a volume, decided from it and the claim that it names.
sealed interface VolumePlan {
  /// Nothing to do but to be of this phase.
  record Stay(String phase) implements VolumePlan {}

  /// The claim it names does not know of it yet.
  record AwaitClaim() implements VolumePlan {}

  /// The claim was bound to another volume: this one is free again. One that was promised by a
  /// person keeps the claim's name.
  record Free(boolean keepName) implements VolumePlan {}

  /// Its claim is gone: released, and then what the reclaim policy says.
  record Release(Reclaim then) implements VolumePlan {}

  enum Reclaim {
    RETAIN,
    DELETE,
    /// Deprecated upstream, and done by nobody here.
    RECYCLE
  }

  /// `claim` is what exists under the name in the volume's claimRef, whatever its uid.
  static VolumePlan of(PersistentVolume volume, Optional<PersistentVolumeClaim> claim) {
    var ref = volume.getSpec().getClaimRef();
    if (ref == null || Claims.isEmpty(ref.getUid())) {
      return new Stay("Available");
    }
    var same = claim.filter(c -> c.getMetadata().getUid().equals(ref.getUid()));
    if (same.isEmpty()) {
      return new Release(reclaim(volume));
    }
    String named = Claims.volumeName(same.get());
    if (named.isEmpty()) {
      return new AwaitClaim();
    }
    return named.equals(volume.getMetadata().getName())
        ? new Stay("Bound")
        : boundElsewhere(volume);
  }

  private static VolumePlan boundElsewhere(PersistentVolume volume) {
    var annotations = volume.getMetadata().getAnnotations();
    if (annotations.containsKey(Claims.PROVISIONED_BY) && reclaim(volume) == Reclaim.DELETE) {
      return new Release(Reclaim.DELETE);
    }
    return new Free(!annotations.containsKey(Claims.BOUND_BY_CONTROLLER));
  }

  static Reclaim reclaim(PersistentVolume volume) {
    String policy =
        Objects.requireNonNullElse(volume.getSpec().getPersistentVolumeReclaimPolicy(), "Retain");
    return switch (policy) {
      case "Delete" -> Reclaim.DELETE;
      case "Recycle" -> Reclaim.RECYCLE;
      default -> Reclaim.RETAIN;
    };
  }
}
