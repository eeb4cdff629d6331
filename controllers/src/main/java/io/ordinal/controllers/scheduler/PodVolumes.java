package io.ordinal.controllers.scheduler;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.ordinal.controllers.scheduler.Rejection.Cure;
import io.ordinal.controllers.volume.Claims;
import io.ordinal.controllers.volume.VolumeMatch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What a pod's claims mean for its place: bound ones draw it to where their volumes are, those
/// that wait for their first consumer are settled by the choice of the node.
sealed interface PodVolumes {
  /// No node will do, whichever it is; `reason` says why.
  record Impossible(String reason) implements PodVolumes {}

  /// The volumes it has, and the claims that wait for a node.
  record Known(List<PersistentVolume> bound, List<PersistentVolumeClaim> waiting, Storage storage)
      implements PodVolumes {

    Optional<Rejection> check(NodeInfo node, Set<String> promised) {
      if (bound.stream().anyMatch(v -> !VolumeMatch.isReachable(v, node.node()))) {
        return rejected("node(s) didn't match PersistentVolume's node affinity");
      }
      return settle(node, promised).isEmpty()
          ? rejected("node(s) didn't find available persistent volumes to bind")
          : Optional.empty();
    }

    private static Optional<Rejection> rejected(String reason) {
      return Optional.of(Rejection.always(reason, Cure.VOLUMES));
    }

    /// How each waiting claim gets its volume on this node; empty when one cannot. `promised` are
    /// volumes that other pods were promised a moment ago.
    Optional<List<Settlement>> settle(NodeInfo node, Set<String> promised) {
      List<Settlement> all = new ArrayList<>();
      List<String> taken = new ArrayList<>(promised);
      for (PersistentVolumeClaim claim : waiting) {
        Optional<Settlement> one = settle(claim, node, taken);
        if (one.isEmpty()) {
          return Optional.empty();
        }
        all.add(one.get());
        if (one.get() instanceof Settlement.Promise(_, var volume)) {
          taken.add(volume.getMetadata().getName());
        }
      }
      return Optional.of(all);
    }

    private Optional<Settlement> settle(
        PersistentVolumeClaim claim, NodeInfo node, List<String> taken) {
      Optional<String> selected = Claims.selectedNode(claim);
      if (selected.isPresent()) {
        return selected.get().equals(node.name())
            ? Optional.of(new Settlement.Provision(claim, node.name()))
            : Optional.empty();
      }
      List<PersistentVolume> free =
          storage.volumesOf(Claims.className(claim)).stream()
              .filter(v -> !taken.contains(v.getMetadata().getName()))
              .toList();
      return VolumeMatch.bestOn(node.node(), claim, free)
          .<Settlement>map(v -> new Settlement.Promise(claim, v))
          .or(() -> provision(claim, node));
    }

    private Optional<Settlement> provision(PersistentVolumeClaim claim, NodeInfo node) {
      return storage
          .storageClass(Claims.className(claim))
          .filter(c -> !Claims.NO_PROVISIONER.equals(c.getProvisioner()))
          .filter(c -> allows(c, node))
          .map(_ -> new Settlement.Provision(claim, node.name()));
    }

    private static boolean allows(StorageClass storageClass, NodeInfo node) {
      var topologies = storageClass.getAllowedTopologies();
      return topologies.isEmpty()
          || topologies.stream()
              .anyMatch(t ->
                  t.getMatchLabelExpressions().stream()
                      .allMatch(
                          e -> node.label(e.getKey()).filter(e.getValues()::contains).isPresent()));
    }
  }

  /// What is to be written so that a waiting claim gets a volume on the chosen node.
  sealed interface Settlement {
    PersistentVolumeClaim claim();

    /// A volume that exists is promised to the claim.
    record Promise(PersistentVolumeClaim claim, PersistentVolume volume) implements Settlement {}

    /// A volume is to be made on the node.
    record Provision(PersistentVolumeClaim claim, String node) implements Settlement {}
  }

  static PodVolumes of(Pod pod, Storage storage) {
    List<PersistentVolume> bound = new ArrayList<>();
    List<PersistentVolumeClaim> waiting = new ArrayList<>();
    boolean unboundImmediate = false;
    String namespace = pod.getMetadata().getNamespace();
    for (String name : Claims.usedBy(pod).collect(Collectors.toCollection(LinkedHashSet::new))) {
      var claim = storage.claim(namespace, name);
      Optional<String> problem = problem(name, claim);
      if (problem.isPresent()) {
        return new Impossible(problem.get());
      }
      var found = claim.orElseThrow();
      if (Claims.isBound(found)) {
        var volume = storage.volume(Claims.volumeName(found));
        if (volume.isEmpty()) {
          return new Impossible(
              "persistentvolumeclaim \"%s\" bound to non-existent persistentvolume \"%s\""
                  .formatted(name, Claims.volumeName(found)));
        }
        bound.add(volume.get());
      } else if (isWaiting(found, storage)) {
        waiting.add(found);
      } else {
        unboundImmediate = true;
      }
    }
    return unboundImmediate
        ? new Impossible("pod has unbound immediate PersistentVolumeClaims")
        : new Known(bound, waiting, storage);
  }

  private static Optional<String> problem(String name, Optional<PersistentVolumeClaim> claim) {
    if (claim.isEmpty()) {
      return Optional.of("persistentvolumeclaim \"%s\" not found".formatted(name));
    }
    Predicate<PersistentVolumeClaim> lost =
        c -> c.getStatus() != null && "Lost".equals(c.getStatus().getPhase());
    if (claim.filter(lost).isPresent()) {
      return Optional.of(
          "persistentvolumeclaim \"%s\" bound to non-existent persistentvolume \"%s\""
              .formatted(name, Claims.volumeName(claim.get())));
    }
    return claim
        .filter(c -> c.getMetadata().getDeletionTimestamp() != null)
        .map(_ -> "persistentvolumeclaim \"%s\" is being deleted".formatted(name));
  }

  private static boolean isWaiting(PersistentVolumeClaim claim, Storage storage) {
    return Claims.volumeName(claim).isEmpty()
        && storage
            .storageClass(Claims.className(claim))
            .filter(Claims::waitsForConsumer)
            .isPresent();
  }
}
