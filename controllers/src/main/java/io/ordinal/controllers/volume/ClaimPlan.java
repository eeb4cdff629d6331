package io.ordinal.controllers.volume;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.ordinal.kube.Pods;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What is to be done for a claim: one step that brings it nearer to its volume, decided from
/// values alone.
sealed interface ClaimPlan {

  /// Nothing to do but to be of this phase, and perhaps to say why.
  record Stay(String phase, Optional<Telling> telling) implements ClaimPlan {}

  /// Claim and volume belong together; whatever is missing of it is to be written.
  record Bind(PersistentVolume volume) implements ClaimPlan {}

  /// The claim said nothing about its class and there is a default one now.
  record TakeClass(String className) implements ClaimPlan {}

  /// A volume is to be made by this provisioner.
  record AskProvisioner(String provisioner) implements ClaimPlan {}

  /// An event about the claim.
  record Telling(boolean warning, String reason, String message) {}

  Telling NOTHING_AVAILABLE =
      new Telling(
          false,
          "FailedBinding",
          "no persistent volumes available for this claim and no storage class is set");

  /// A claim and what matters for it.
  ///
  /// @param named the volume that the claim names, if there is one of that name
  /// @param candidates volumes of its class and those that name it
  /// @param users pods that use it
  record Observed(
      PersistentVolumeClaim claim,
      Optional<PersistentVolume> named,
      Collection<PersistentVolume> candidates,
      List<StorageClass> classes,
      List<Pod> users) {

    Optional<StorageClass> storageClass() {
      String name = Claims.className(claim);
      return classes.stream().filter(c -> c.getMetadata().getName().equals(name)).findFirst();
    }
  }

  static ClaimPlan of(Observed seen) {
    PersistentVolumeClaim claim = seen.claim();
    if (claim.getMetadata().getAnnotations().containsKey(Claims.BIND_COMPLETED)) {
      return bound(seen);
    }
    return Claims.volumeName(claim).isEmpty() ? unbound(seen) : namesVolume(seen);
  }

  private static ClaimPlan unbound(Observed seen) {
    PersistentVolumeClaim claim = seen.claim();
    boolean waiting =
        seen.storageClass().filter(Claims::waitsForConsumer).isPresent()
            && Claims.selectedNode(claim).isEmpty();
    var match = VolumeMatch.best(claim, seen.candidates(), waiting);
    if (match.isPresent()) {
      return new Bind(match.get());
    }
    if (Claims.hasNoClassField(claim)) {
      var standard = Claims.defaultAmong(seen.classes());
      if (standard.isPresent()) {
        return new TakeClass(standard.get().getMetadata().getName());
      }
    }
    if (waiting) {
      return pending(waitsFor(seen.users()));
    }
    return Claims.className(claim).isEmpty() ? pending(NOTHING_AVAILABLE) : provision(seen);
  }

  private static Telling waitsFor(List<Pod> users) {
    return users.stream()
        .filter(p -> !Pods.isTerminal(p) && !Pods.isScheduled(p))
        .map(p -> p.getMetadata().getName())
        .min(Comparator.naturalOrder())
        .map(name ->
            new Telling(
                false, "WaitForPodScheduled", "waiting for pod %s to be scheduled".formatted(name)))
        .orElse(
            new Telling(
                false,
                "WaitForFirstConsumer",
                "waiting for first consumer to be created before binding"));
  }

  private static ClaimPlan provision(Observed seen) {
    var storageClass = seen.storageClass();
    if (storageClass.isEmpty()) {
      return pending(
          new Telling(
              true,
              "ProvisioningFailed",
              "storageclass.storage.k8s.io \"%s\" not found"
                  .formatted(Claims.className(seen.claim()))));
    }
    String provisioner = storageClass.get().getProvisioner();
    if (Claims.NO_PROVISIONER.equals(provisioner)) {
      return pending(NOTHING_AVAILABLE);
    }
    if (provisioner.equals(
        seen.claim().getMetadata().getAnnotations().get(Claims.STORAGE_PROVISIONER))) {
      return pending(awaiting(provisioner));
    }
    return new AskProvisioner(provisioner);
  }

  private static Telling awaiting(String provisioner) {
    return new Telling(
        false,
        "ExternalProvisioning",
        ("Waiting for a volume to be created either by the external provisioner '%s' or manually"
                + " by the system administrator. If volume creation is delayed, please verify that"
                + " the provisioner is running and correctly registered.")
            .formatted(provisioner));
  }

  private static ClaimPlan namesVolume(Observed seen) {
    PersistentVolumeClaim claim = seen.claim();
    if (seen.named().isEmpty()) {
      return new Stay("Pending", Optional.empty());
    }
    PersistentVolume volume = seen.named().get();
    if (volume.getSpec().getClaimRef() == null) {
      return VolumeMatch.objection(volume, claim)
          .map(why ->
              pending(
                  new Telling(
                      true,
                      "VolumeMismatch",
                      "Cannot bind to requested volume \"%s\": %s"
                          .formatted(volume.getMetadata().getName(), why))))
          .orElse(new Bind(volume));
    }
    return Claims.refersTo(volume, claim)
        ? new Bind(volume)
        : pending(
            new Telling(
                true,
                "FailedBinding",
                "volume \"%s\" already bound to a different claim."
                    .formatted(volume.getMetadata().getName())));
  }

  private static ClaimPlan bound(Observed seen) {
    PersistentVolumeClaim claim = seen.claim();
    if (Claims.volumeName(claim).isEmpty()) {
      return lost(
          "ClaimLost",
          "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!");
    }
    if (seen.named().isEmpty()) {
      return lost(
          "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
    }
    PersistentVolume volume = seen.named().get();
    var ref = volume.getSpec().getClaimRef();
    return ref == null || Objects.equals(ref.getUid(), claim.getMetadata().getUid())
        ? new Bind(volume)
        : lost(
            "ClaimMisbound",
            "Two claims are bound to the same volume, this one is bound incorrectly");
  }

  private static ClaimPlan lost(String reason, String message) {
    return new Stay("Lost", Optional.of(new Telling(true, reason, message)));
  }

  private static ClaimPlan pending(Telling telling) {
    return new Stay("Pending", Optional.of(telling));
  }
}
