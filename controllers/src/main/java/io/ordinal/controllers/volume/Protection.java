package io.ordinal.controllers.volume;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.controllers.context.ControllerContext;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.Pods;
import io.ordinal.kube.WorkQueue;
import io.ordinal.kube.Writer;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Keeps claims while pods use them and volumes while claims are bound to them, by a finalizer that
/// is taken away when the last user is gone.
public final class Protection {
  private final KubernetesClient client;
  private final Writer claimWriter;
  private final Writer volumeWriter;
  private final Informer<PersistentVolumeClaim> claims;
  private final Informer<PersistentVolume> volumes;
  private final Informer<Pod> pods;
  private final WorkQueue<ObjectKey> claimQueue;

  /// What is to become of a protected object's finalizer.
  enum Verdict {
    LEAVE,
    ADD,
    REMOVE
  }

  /// Adds both protections to the context's controllers.
  public Protection(ControllerContext context) {
    client = context.client("pvc-protection-controller");
    claimWriter = new Writer(client);
    volumeWriter = new Writer(context.client("pv-protection-controller"));
    claims = context.informer(PersistentVolumeClaim.class);
    volumes = context.informer(PersistentVolume.class);
    pods = context.informer(Pod.class);
    pods.addIndex(VolumeBinder.BY_CLAIM, VolumeBinder::claimsUsedBy);
    claimQueue = context.controller("claim-protection", this::reconcileClaim, 1);
    var volumeQueue = context.controller("volume-protection", this::reconcileVolume, 1);
    claims.onChange((_, after) -> look(claimQueue, after));
    volumes.onChange((_, after) -> look(volumeQueue, after));
    pods.onChange(this::podChanged);
  }

  private static void look(WorkQueue<ObjectKey> queue, @Nullable HasMetadata object) {
    if (object != null) {
      queue.add(ObjectKey.of(object));
    }
  }

  /// Only a pod that stops using its claims can set them free.
  private void podChanged(@Nullable Pod before, @Nullable Pod after) {
    if (before != null && isUser(before) && (after == null || !isUser(after))) {
      Claims.usedBy(before)
          .map(name -> new ObjectKey(before.getMetadata().getNamespace(), name))
          .filter(key -> claims.get(key).filter(Protection::isLeaving).isPresent())
          .forEach(claimQueue::add);
    }
  }

  /// A pod without a node does not hold its claims: it has not begun to use them.
  static boolean isUser(Pod pod) {
    return Pods.isScheduled(pod) && !Pods.isTerminal(pod);
  }

  private static boolean isLeaving(HasMetadata object) {
    return object.getMetadata().getDeletionTimestamp() != null;
  }

  static Verdict ofClaim(PersistentVolumeClaim claim, Collection<Pod> users) {
    boolean has = claim.getMetadata().getFinalizers().contains(Claims.CLAIM_PROTECTION);
    if (!isLeaving(claim)) {
      return has ? Verdict.LEAVE : Verdict.ADD;
    }
    return has && users.stream().noneMatch(Protection::isUser) ? Verdict.REMOVE : Verdict.LEAVE;
  }

  static Verdict ofVolume(PersistentVolume volume) {
    boolean has = volume.getMetadata().getFinalizers().contains(Claims.VOLUME_PROTECTION);
    if (!isLeaving(volume)) {
      return has ? Verdict.LEAVE : Verdict.ADD;
    }
    boolean bound = volume.getStatus() != null && "Bound".equals(volume.getStatus().getPhase());
    return has && !bound ? Verdict.REMOVE : Verdict.LEAVE;
  }

  private Outcome reconcileClaim(ObjectKey key) {
    var claim = claims.get(key);
    if (claim.isEmpty()) {
      return Outcome.DONE;
    }
    switch (ofClaim(claim.get(), pods.by(VolumeBinder.BY_CLAIM, key.toString()))) {
      case LEAVE -> {}
      case ADD -> claimWriter.addFinalizer(claim.get(), Claims.CLAIM_PROTECTION);
      case REMOVE -> {
        if (nobodyUses(claim.get())) {
          claimWriter.removeFinalizer(claim.get(), Claims.CLAIM_PROTECTION);
        }
      }
    }
    return Outcome.DONE;
  }

  /// The cache may not show yet a pod that was scheduled a moment ago: the server is asked.
  private boolean nobodyUses(PersistentVolumeClaim claim) {
    String namespace = claim.getMetadata().getNamespace();
    return client.pods().inNamespace(namespace).list().getItems().stream()
        .filter(p -> Claims.usedBy(p).anyMatch(claim.getMetadata().getName()::equals))
        .noneMatch(Protection::isUser);
  }

  private Outcome reconcileVolume(ObjectKey key) {
    var volume = volumes.get(key);
    if (volume.isPresent()) {
      switch (ofVolume(volume.get())) {
        case LEAVE -> {}
        case ADD -> volumeWriter.addFinalizer(volume.get(), Claims.VOLUME_PROTECTION);
        case REMOVE -> volumeWriter.removeFinalizer(volume.get(), Claims.VOLUME_PROTECTION);
      }
    }
    return Outcome.DONE;
  }
}
