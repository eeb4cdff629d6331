package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.ordinal.kube.Informer;
import io.ordinal.kube.LabelSelectors;
import io.ordinal.kube.ObjectKey;
import io.ordinal.kube.Ordinals;
import io.ordinal.kube.OwnerRefs;
import io.ordinal.kube.Pods;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which sets are to be looked at when something else changed.
record Routing(Informer<StatefulSet> sets) {

  Set<ObjectKey> changed(@Nullable Pod before, @Nullable Pod after) {
    var keys = new LinkedHashSet<ObjectKey>();
    if (after == null) {
      if (before != null) owner(before).ifPresent(keys::add);
    } else if (before == null) {
      appeared(after, keys);
    } else {
      updated(before, after, keys);
    }
    return keys;
  }

  /// A set may wait for a claim to be gone before it makes a pod anew.
  Set<ObjectKey> gone(PersistentVolumeClaim claim) {
    var keys = new LinkedHashSet<ObjectKey>();
    var parent = Ordinals.parent(claim.getMetadata().getName());
    for (var set : sets.list(claim.getMetadata().getNamespace())) {
      if (claimParents(set).contains(parent)) keys.add(ObjectKey.of(set));
    }
    return keys;
  }

  /// Every set whose selector selects an orphan. More than one is a mistake of their makers, but
  /// each may be the one that the pod was made for.
  List<StatefulSet> selecting(Pod orphan) {
    return sets.list(orphan.getMetadata().getNamespace()).stream()
        .filter(set ->
            LabelSelectors.matches(set.getSpec().getSelector(), orphan.getMetadata().getLabels()))
        .toList();
  }

  private void appeared(Pod pod, Set<ObjectKey> keys) {
    owner(pod).ifPresent(keys::add);
    boolean orphan = OwnerRefs.controllerOf(pod).isEmpty();
    if (orphan && !Pods.isTerminating(pod)) addSelecting(pod, keys);
  }

  private void updated(Pod before, Pod after, Set<ObjectKey> keys) {
    if (version(before).equals(version(after))) return;
    boolean changedHands = changedHands(before, after);
    if (changedHands) owner(before).ifPresent(keys::add);
    if (OwnerRefs.controllerOf(after).isPresent()) {
      owner(after).ifPresent(keys::add);
      return;
    }
    boolean relabelled =
        !Objects.equals(before.getMetadata().getLabels(), after.getMetadata().getLabels());
    if (relabelled || changedHands) addSelecting(after, keys);
  }

  static boolean changedHands(HasMetadata before, HasMetadata after) {
    return !OwnerRefs.controllerOf(before).equals(OwnerRefs.controllerOf(after));
  }

  private void addSelecting(Pod orphan, Set<ObjectKey> keys) {
    selecting(orphan).forEach(set -> keys.add(ObjectKey.of(set)));
  }

  private Optional<ObjectKey> owner(Pod pod) {
    return OwnerRefs.controllerOf(pod)
        .filter(ref -> "StatefulSet".equals(ref.getKind()))
        .flatMap(ref -> set(pod, ref))
        .map(ObjectKey::of);
  }

  /// The reference must name this very set, not a namesake.
  private Optional<StatefulSet> set(Pod pod, OwnerReference ref) {
    return sets.get(new ObjectKey(pod.getMetadata().getNamespace(), ref.getName()))
        .filter(set -> ref.getUid().equals(set.getMetadata().getUid()));
  }

  private static List<String> claimParents(StatefulSet set) {
    return SetSpec.of(set).claimTemplates().stream()
        .map(template -> template.getMetadata().getName() + "-" + set.getMetadata().getName())
        .toList();
  }

  private static String version(Pod pod) {
    return String.valueOf(pod.getMetadata().getResourceVersion());
  }
}
