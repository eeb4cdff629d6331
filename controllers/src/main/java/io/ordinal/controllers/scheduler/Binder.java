package io.ordinal.controllers.scheduler;

import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.ordinal.controllers.scheduler.ClusterView.Reservation;
import io.ordinal.controllers.scheduler.PodVolumes.Settlement;
import io.ordinal.controllers.volume.Claims;
import io.ordinal.kube.Events;
import io.ordinal.kube.Informer;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Outcome;
import io.ordinal.kube.Paths;
import io.ordinal.kube.Pods;
import io.ordinal.kube.Writer;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Keeps the promises of the [Scheduler]: first the claims get their volumes on the chosen node,
/// then the pod is bound to it. While a volume is being made the pod keeps its place.
final class Binder {
  /// After so long without its volumes a pod gives its place back and is decided anew.
  static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final Informer<Pod> pods;
  private final Storage storage;
  private final ClusterView view;
  private final Writer writer;
  private final Events events;
  private final Consumer<ObjectKey> decideAnew;

  Binder(
      Informer<Pod> pods,
      Storage storage,
      ClusterView view,
      Writer writer,
      Events events,
      Consumer<ObjectKey> decideAnew) {
    this.pods = pods;
    this.storage = storage;
    this.view = view;
    this.writer = writer;
    this.events = events;
    this.decideAnew = decideAnew;
  }

  Outcome reconcile(ObjectKey key, Clock steady) {
    Optional<Reservation> promise = view.reservation(key).filter(r -> !r.bound());
    Optional<Pod> pod = pods.get(key);
    if (promise.isEmpty() || pod.isEmpty() || Pods.isScheduled(pod.get())) {
      return Outcome.DONE;
    }
    Reservation place = promise.get();
    if (!pod.get().getMetadata().getUid().equals(place.pod().uid())
        || !view.hasNode(place.node())
        || place.since().plus(LONGEST_WAIT).isBefore(steady.instant())) {
      return giveUp(key);
    }
    return switch (progress(place)) {
      case READY -> bind(key, pod.get(), place.node());
      case WAITING -> new Outcome.LookAgainAt(place.since().plus(LONGEST_WAIT).plusMillis(1));
      case OVERTAKEN -> giveUp(key);
    };
  }

  private Outcome giveUp(ObjectKey key) {
    view.release(key);
    decideAnew.accept(key);
    return Outcome.DONE;
  }

  private enum Progress {
    READY,
    WAITING,
    /// The claims went another way: the decision is void.
    OVERTAKEN
  }

  private Progress progress(Reservation place) {
    Progress all = Progress.READY;
    for (Settlement settlement : place.settlements()) {
      var metadata = settlement.claim().getMetadata();
      var claim = storage.claim(metadata.getNamespace(), metadata.getName());
      if (claim.isEmpty() || !claim.get().getMetadata().getUid().equals(metadata.getUid())) {
        return Progress.OVERTAKEN;
      }
      Progress one = progress(settlement, claim.get(), place.node());
      if (one == Progress.OVERTAKEN) {
        return one;
      }
      all = one == Progress.WAITING ? one : all;
    }
    return all;
  }

  private Progress progress(Settlement settlement, PersistentVolumeClaim claim, String node) {
    if (Claims.isBound(claim)) {
      return isReachable(claim, node) ? Progress.READY : Progress.OVERTAKEN;
    }
    return switch (settlement) {
      case Settlement.Provision _ -> select(claim, node);
      case Settlement.Promise(_, var volume) -> promise(claim, volume);
    };
  }

  private boolean isReachable(PersistentVolumeClaim claim, String node) {
    return storage.volume(Claims.volumeName(claim)).filter(v -> view.canReach(node, v)).isPresent();
  }

  private Progress select(PersistentVolumeClaim claim, String node) {
    Optional<String> selected = Claims.selectedNode(claim);
    if (selected.isPresent()) {
      return selected.get().equals(node) ? Progress.WAITING : Progress.OVERTAKEN;
    }
    writer.annotate(claim, Map.of(Claims.SELECTED_NODE, node));
    return Progress.WAITING;
  }

  private Progress promise(PersistentVolumeClaim claim, PersistentVolume chosen) {
    var volume = storage.volume(chosen.getMetadata().getName());
    if (volume.isEmpty()) {
      return Progress.OVERTAKEN;
    }
    if (volume.get().getSpec().getClaimRef() != null) {
      return Claims.refersTo(volume.get(), claim) ? Progress.WAITING : Progress.OVERTAKEN;
    }
    writer.replace(promised(volume.get(), claim));
    return Progress.WAITING;
  }

  private static PersistentVolume promised(PersistentVolume volume, PersistentVolumeClaim claim) {
    return new PersistentVolumeBuilder(volume)
        .editMetadata()
        .addToAnnotations(Claims.BOUND_BY_CONTROLLER, "yes")
        .endMetadata()
        .editSpec()
        .withClaimRef(Claims.reference(claim))
        .endSpec()
        .build();
  }

  private Outcome bind(ObjectKey key, Pod pod, String node) {
    try {
      writer.send("POST", Paths.of(pod) + "/binding", binding(pod, node));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        // Somebody else was faster, or the pod is gone: the informer will tell.
        view.release(key);
        return Outcome.DONE;
      }
      throw e;
    }
    view.bound(key);
    events.normal(pod, "Scheduled", "Successfully assigned %s to %s".formatted(key, node));
    return Outcome.DONE;
  }

  private static Binding binding(Pod pod, String node) {
    return new BindingBuilder()
        .withNewMetadata()
        .withNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .withUid(pod.getMetadata().getUid())
        .endMetadata()
        .withTarget(new ObjectReferenceBuilder().withKind("Node").withName(node).build())
        .build();
  }
}
