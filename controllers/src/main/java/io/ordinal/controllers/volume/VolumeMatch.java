package io.ordinal.controllers.volume;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.ordinal.kube.LabelSelectors;
import io.ordinal.kube.NodeSelectors;
import io.ordinal.kube.Quantities;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which of the volumes that exist suits a claim. A volume that already names the claim wins;
/// otherwise the smallest that is large enough.
public final class VolumeMatch {
  private static final Comparator<PersistentVolume> SMALLEST =
      Comparator.comparingLong(VolumeMatch::capacity).thenComparing(v -> v.getMetadata().getName());

  private VolumeMatch() {}

  /// The volume that the binder would take, wherever it is. While a claim waits for its first
  /// consumer only a volume that already names it may be taken: the scheduler chooses the others.
  public static Optional<PersistentVolume> best(
      PersistentVolumeClaim claim, Collection<PersistentVolume> volumes, boolean waiting) {
    return best(claim, volumes, v -> true, waiting);
  }

  /// The volume that can be used on a node.
  public static Optional<PersistentVolume> bestOn(
      Node node, PersistentVolumeClaim claim, Collection<PersistentVolume> volumes) {
    return best(claim, volumes, v -> isReachable(v, node), false);
  }

  private static Optional<PersistentVolume> best(
      PersistentVolumeClaim claim,
      Collection<PersistentVolume> volumes,
      Predicate<PersistentVolume> reachable,
      boolean waiting) {
    Optional<PersistentVolume> promised =
        volumes.stream()
            .filter(v -> Claims.refersTo(v, claim))
            .filter(v -> holds(v, claim) && reachable.test(v))
            .min(SMALLEST);
    if (promised.isPresent() || waiting) {
      return promised;
    }
    return volumes.stream()
        .filter(v -> isFree(v) && holds(v, claim) && isWanted(v, claim) && reachable.test(v))
        .min(SMALLEST);
  }

  /// Whether a node can use a volume, by the volume's node affinity.
  public static boolean isReachable(PersistentVolume volume, Node node) {
    var affinity = volume.getSpec().getNodeAffinity();
    return affinity == null || NodeSelectors.matches(affinity.getRequired(), node);
  }

  private static boolean isFree(PersistentVolume volume) {
    return volume.getSpec().getClaimRef() == null
        && volume.getStatus() != null
        && "Available".equals(volume.getStatus().getPhase());
  }

  private static boolean holds(PersistentVolume volume, PersistentVolumeClaim claim) {
    return volume.getMetadata().getDeletionTimestamp() == null
        && capacity(volume) >= Claims.requested(claim)
        && mode(volume.getSpec().getVolumeMode()).equals(mode(claim.getSpec().getVolumeMode()))
        && Objects.equals(
            Claims.orEmpty(volume.getSpec().getVolumeAttributesClassName()),
            Claims.orEmpty(claim.getSpec().getVolumeAttributesClassName()));
  }

  private static boolean isWanted(PersistentVolume volume, PersistentVolumeClaim claim) {
    return Claims.className(volume).equals(Claims.className(claim))
        && volume.getSpec().getAccessModes().containsAll(claim.getSpec().getAccessModes())
        && (claim.getSpec().getSelector() == null
            || LabelSelectors.matches(
                claim.getSpec().getSelector(), volume.getMetadata().getLabels()));
  }

  /// What keeps a claim from the volume that it names itself; empty when nothing does. The words
  /// are part of the event VolumeMismatch.
  static Optional<String> objection(PersistentVolume volume, PersistentVolumeClaim claim) {
    if (capacity(volume) < Claims.requested(claim)) {
      return Optional.of("requested PV is too small");
    }
    if (!Claims.className(volume).equals(Claims.className(claim))) {
      return Optional.of("storageClassName does not match");
    }
    if (!mode(volume.getSpec().getVolumeMode()).equals(mode(claim.getSpec().getVolumeMode()))) {
      return Optional.of("incompatible volumeMode");
    }
    if (!volume.getSpec().getAccessModes().containsAll(claim.getSpec().getAccessModes())) {
      return Optional.of("incompatible accessMode");
    }
    return Optional.empty();
  }

  static long capacity(PersistentVolume volume) {
    return Quantities.whole(volume.getSpec().getCapacity().get("storage"));
  }

  private static String mode(@Nullable String mode) {
    return mode == null ? "Filesystem" : mode;
  }
}
