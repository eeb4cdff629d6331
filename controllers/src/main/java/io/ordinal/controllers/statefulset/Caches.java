package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.ordinal.kube.Informer;
import io.ordinal.kube.OwnerRefs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What the controller hears of: sets, and the three kinds of things that belong to them.
record Caches(
    Informer<StatefulSet> sets,
    Informer<Pod> pods,
    Informer<PersistentVolumeClaim> claims,
    Informer<ControllerRevision> revisions) {
  private static final String BY_OWNER = "controller-or-orphans";

  Caches {
    // Revisions are made from the set's JSON, never from the typed object.
    sets.keepJson();
    pods.addIndex(BY_OWNER, Caches::ownerOrNamespace);
    revisions.addIndex(BY_OWNER, Caches::ownerOrNamespace);
  }

  /// The pods that the set controls, and those of its namespace that nobody does.
  List<Pod> podsFor(StatefulSet set) {
    return forOwner(pods, set);
  }

  List<ControllerRevision> revisionsFor(StatefulSet set) {
    return forOwner(revisions, set);
  }

  /// Which informer hears of an object of this kind.
  Informer<?> informerOf(HasMetadata object) {
    return switch (object) {
      case StatefulSet _ -> sets;
      case Pod _ -> pods;
      case PersistentVolumeClaim _ -> claims;
      case ControllerRevision _ -> revisions;
      default -> throw new IllegalArgumentException("not ours: a " + object.getKind());
    };
  }

  List<Informer<?>> all() {
    return List.of(sets, pods, claims, revisions);
  }

  private static <T extends HasMetadata> List<T> forOwner(Informer<T> informer, StatefulSet set) {
    var found = new ArrayList<>(informer.by(BY_OWNER, set.getMetadata().getUid()));
    found.addAll(informer.by(BY_OWNER, orphansOf(set.getMetadata().getNamespace())));
    return found;
  }

  private static Collection<String> ownerOrNamespace(HasMetadata object) {
    return OwnerRefs.controllerOf(object)
        .map(ref -> List.of(ref.getUid()))
        .orElseGet(() -> List.of(orphansOf(object.getMetadata().getNamespace())));
  }

  /// No UID contains a slash.
  private static String orphansOf(String namespace) {
    return "orphans/" + namespace;
  }
}
