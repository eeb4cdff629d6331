package io.ordinal.controllers.volume;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.kube.Events;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.WorkQueue;
import io.ordinal.kube.Writer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings claims and volumes together and keeps both sides true: the volume names the claim first,
/// then the claim the volume, so that whatever is interrupted can be gone on with from what is
/// written.
public final class VolumeBinder {
  static final String BY_CLASS = "class";
  static final String BY_CLAIM_REF = "claimRef";
  static final String BY_CLAIM = "claim-in-use";

  private final KubernetesClient client;
  private final Writer writer;
  private final Events events;
  private final Informer<PersistentVolumeClaim> claims;
  private final Informer<PersistentVolume> volumes;
  private final Informer<StorageClass> classes;
  private final Informer<Pod> pods;
  private final WorkQueue<ObjectKey> claimQueue;
  private final WorkQueue<ObjectKey> volumeQueue;

  /// Adds the binder to the context's controllers.
  public VolumeBinder(ControllerContext context) {
    client = context.client("persistent-volume-binder");
    writer = new Writer(client);
    events = context.events("persistentvolume-controller", client);
    claims = context.informer(PersistentVolumeClaim.class);
    volumes = context.informer(PersistentVolume.class);
    classes = context.informer(StorageClass.class);
    pods = context.informer(Pod.class);
    claimQueue = context.controller("claim-binder", this::reconcileClaim, 2);
    volumeQueue = context.controller("volume-binder", this::reconcileVolume, 2);
    index();
    claims.onChange(this::claimChanged);
    volumes.onChange(this::volumeChanged);
    classes.onChange((_, _) -> lookAtPendingClaims());
    pods.onChange(this::podChanged);
  }

  private void index() {
    volumes.addIndex(BY_CLASS, v -> List.of(Claims.className(v)));
    volumes.addIndex(
        BY_CLAIM_REF, v -> claimOf(v).map(ObjectKey::toString).map(List::of).orElse(List.of()));
    claims.addIndex(BY_CLASS, c -> Claims.isBound(c) ? List.of() : List.of(Claims.className(c)));
    pods.addIndex(BY_CLAIM, VolumeBinder::claimsUsedBy);
  }

  static List<String> claimsUsedBy(Pod pod) {
    return Claims.usedBy(pod)
        .map(name -> new ObjectKey(pod.getMetadata().getNamespace(), name).toString())
        .distinct()
        .toList();
  }

  private static Optional<ObjectKey> claimOf(PersistentVolume volume) {
    return Optional.ofNullable(volume.getSpec().getClaimRef())
        .map(ref -> new ObjectKey(ref.getNamespace(), ref.getName()));
  }

  private void claimChanged(
      @Nullable PersistentVolumeClaim before, @Nullable PersistentVolumeClaim after) {
    PersistentVolumeClaim claim = after == null ? before : after;
    if (claim == null) {
      return;
    }
    claimQueue.add(ObjectKey.of(claim));
    if (!Claims.volumeName(claim).isEmpty()) {
      volumeQueue.add(new ObjectKey("", Claims.volumeName(claim)));
    }
    volumes
        .by(BY_CLAIM_REF, ObjectKey.of(claim).toString())
        .forEach(v -> volumeQueue.add(ObjectKey.of(v)));
  }

  private void volumeChanged(@Nullable PersistentVolume before, @Nullable PersistentVolume after) {
    if (before != null) {
      claimOf(before).ifPresent(claimQueue::add);
    }
    if (after == null) {
      return;
    }
    volumeQueue.add(ObjectKey.of(after));
    claimOf(after)
        .ifPresentOrElse(
            claimQueue::add,
            () ->
                claims
                    .by(BY_CLASS, Claims.className(after))
                    .forEach(c -> claimQueue.add(ObjectKey.of(c))));
  }

  private void lookAtPendingClaims() {
    claims.list().stream()
        .filter(c -> !Claims.isBound(c))
        .forEach(c -> claimQueue.add(ObjectKey.of(c)));
  }

  /// A pod that has come changes what a waiting claim tells people.
  private void podChanged(@Nullable Pod before, @Nullable Pod after) {
    if (after != null && before == null) {
      Claims.usedBy(after)
          .map(name -> new ObjectKey(after.getMetadata().getNamespace(), name))
          .filter(key -> claims.get(key).filter(c -> !Claims.isBound(c)).isPresent())
          .forEach(claimQueue::add);
    }
  }

  private Outcome reconcileClaim(ObjectKey key) {
    claims.get(key).ifPresent(claim -> perform(claim, ClaimPlan.of(observed(key, claim))));
    return Outcome.DONE;
  }

  private ClaimPlan.Observed observed(ObjectKey key, PersistentVolumeClaim claim) {
    Set<PersistentVolume> candidates = new LinkedHashSet<>();
    candidates.addAll(volumes.by(BY_CLAIM_REF, key.toString()));
    candidates.addAll(volumes.by(BY_CLASS, Claims.className(claim)));
    return new ClaimPlan.Observed(
        claim,
        volumes.get(new ObjectKey("", Claims.volumeName(claim))),
        candidates,
        classes.list(),
        pods.by(BY_CLAIM, key.toString()));
  }

  private void perform(PersistentVolumeClaim claim, ClaimPlan plan) {
    switch (plan) {
      case ClaimPlan.Bind(var volume) -> bind(claim, volume);
      case ClaimPlan.TakeClass(var className) -> writer.replace(ofClass(claim, className));
      case ClaimPlan.AskProvisioner(var provisioner) ->
          writer.annotate(
              claim,
              Map.of(
                  Claims.STORAGE_PROVISIONER,
                  provisioner,
                  Claims.BETA_STORAGE_PROVISIONER,
                  provisioner));
      case ClaimPlan.Stay(var phase, _) when phase.equals("Lost") && hasVolume(claim) -> {
        // The cache of volumes is behind that of claims: it tells us when it has caught up.
      }
      case ClaimPlan.Stay(var phase, var telling) -> {
        Bound.without(claim, phase).ifPresent(writer::replaceStatus);
        telling.ifPresent(t -> tell(claim, t));
      }
    }
  }

  /// Whether the server knows the volume that the cache does not show, or shows as another's.
  private boolean hasVolume(PersistentVolumeClaim claim) {
    String name = Claims.volumeName(claim);
    if (name.isEmpty()) {
      return false;
    }
    var volume = client.persistentVolumes().withName(name).get();
    return volume != null
        && (volume.getSpec().getClaimRef() == null || Claims.refersTo(volume, claim));
  }

  /// What our own provisioner does next is told by itself.
  private void tell(PersistentVolumeClaim claim, ClaimPlan.Telling telling) {
    if (telling.reason().equals("ExternalProvisioning")
        && LocalProvisioner.NAME.equals(
            claim.getMetadata().getAnnotations().get(Claims.STORAGE_PROVISIONER))) {
      return;
    }
    if (telling.warning()) {
      events.warning(claim, telling.reason(), telling.message());
    } else {
      events.normal(claim, telling.reason(), telling.message());
    }
  }

  private static PersistentVolumeClaim ofClass(PersistentVolumeClaim claim, String className) {
    return new PersistentVolumeClaimBuilder(claim)
        .editSpec()
        .withStorageClassName(className)
        .endSpec()
        .build();
  }

  private void bind(PersistentVolumeClaim claim, PersistentVolume volume) {
    var promised = Bound.promised(volume, claim).map(writer::replace).orElse(volume);
    Bound.ofPhase(promised, "Bound", "").ifPresent(writer::replaceStatus);
    var naming = Bound.naming(claim, volume).map(writer::replace).orElse(claim);
    Bound.satisfied(naming, volume).ifPresent(writer::replaceStatus);
  }

  private Outcome reconcileVolume(ObjectKey key) {
    volumes
        .get(key)
        .ifPresent(
            volume -> perform(volume, VolumePlan.of(volume, claimOf(volume).flatMap(claims::get))));
    return Outcome.DONE;
  }

  private void perform(PersistentVolume volume, VolumePlan plan) {
    switch (plan) {
      case VolumePlan.Stay(var phase) ->
          Bound.ofPhase(volume, phase, "").ifPresent(writer::replaceStatus);
      case VolumePlan.AwaitClaim _ -> claimOf(volume).ifPresent(claimQueue::add);
      case VolumePlan.Free(var keepName) -> writer.replace(freed(volume, keepName));
      case VolumePlan.Release(var then) -> release(volume, then);
    }
  }

  private static PersistentVolume freed(PersistentVolume volume, boolean keepName) {
    var changed = new PersistentVolumeBuilder(volume);
    if (keepName) {
      return changed.editSpec().editClaimRef().withUid(null).endClaimRef().endSpec().build();
    }
    return changed
        .editMetadata()
        .removeFromAnnotations(Claims.BOUND_BY_CONTROLLER)
        .endMetadata()
        .editSpec()
        .withClaimRef(null)
        .endSpec()
        .build();
  }

  private void release(PersistentVolume volume, VolumePlan.Reclaim then) {
    String phase = volume.getStatus() == null ? "" : volume.getStatus().getPhase();
    if ("Failed".equals(phase) || isClaimAlive(volume)) {
      return;
    }
    var released = Bound.ofPhase(volume, "Released", "").map(writer::replaceStatus).orElse(volume);
    switch (then) {
      case RETAIN -> {}
      case RECYCLE ->
          fail(released, "VolumeFailedRecycle", "No recycler plugin found for the volume!");
      case DELETE -> {
        if (!volume.getMetadata().getAnnotations().containsKey(Claims.PROVISIONED_BY)) {
          fail(
              released,
              "VolumeFailedDelete",
              "error getting deleter volume plugin for volume \"%s\": no volume plugin matched"
                  .formatted(volume.getMetadata().getName()));
        }
      }
    }
  }

  /// The cache may be behind: before a volume is released the server itself is asked.
  private boolean isClaimAlive(PersistentVolume volume) {
    var ref = volume.getSpec().getClaimRef();
    var claim =
        client
            .persistentVolumeClaims()
            .inNamespace(ref.getNamespace())
            .withName(ref.getName())
            .get();
    return claim != null && claim.getMetadata().getUid().equals(ref.getUid());
  }

  private void fail(PersistentVolume volume, String reason, String message) {
    Bound.ofPhase(volume, "Failed", message).ifPresent(writer::replaceStatus);
    events.warning(volume, reason, message);
  }
}
