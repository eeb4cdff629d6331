package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import io.ordinal.kube.OwnerRefs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who owns the claims of a set's pods (KEP-1847). Claims are never deleted here: the garbage
/// collector takes those whose owner is gone.
///
/// | when deleted | when scaled | claim of a wanted pod | claim of a pod out of range |
/// |--------------|-------------|-----------------------|-----------------------------|
/// | Retain       | Retain      | nobody                | nobody                      |
/// | Delete       | Retain      | the set               | the set                     |
/// | Retain       | Delete      | nobody                | the pod                     |
/// | Delete       | Delete      | the set               | the pod                     |
///
/// A claim that somebody else manages keeps its manager, whatever the table says, and a claim that
/// refers to an earlier set or pod of the same name is left alone altogether: it is about to be
/// collected.
record ClaimRetention(Fate whenDeleted, Fate whenScaled) {
  enum Fate {
    RETAIN,
    DELETE
  }

  /// Whether a claim's owners are as they should be.
  ///
  /// @param foreign somebody else manages it, and the policy would have a say if he did not
  record Verdict(boolean upToDate, boolean foreign) {}

  static ClaimRetention of(@Nullable StatefulSetPersistentVolumeClaimRetentionPolicy policy) {
    return policy == null
        ? new ClaimRetention(Fate.RETAIN, Fate.RETAIN)
        : new ClaimRetention(fate(policy.getWhenDeleted()), fate(policy.getWhenScaled()));
  }

  Verdict judge(PersistentVolumeClaim claim, SetSpec spec, Pod pod) {
    boolean foreign = foreignManager(claim, spec.set(), pod) && !retainsAll();
    if (hasStaleRef(claim, spec.set()) || hasStaleRef(claim, pod)) return new Verdict(true, false);
    return new Verdict(
        matches(claim, spec.set(), ownedBySet(claim, spec, pod))
            && matches(claim, pod, ownedByPod(claim, spec, pod)),
        foreign);
  }

  /// The claim with the owners that it should have; others' references stay.
  PersistentVolumeClaim owned(PersistentVolumeClaim claim, SetSpec spec, Pod pod) {
    var refs = new ArrayList<>(OwnerRefs.of(claim));
    put(refs, spec.set(), ownedBySet(claim, spec, pod));
    put(refs, pod, ownedByPod(claim, spec, pod));
    return new PersistentVolumeClaimBuilder(claim)
        .editMetadata()
        .withOwnerReferences(refs)
        .endMetadata()
        .build();
  }

  /// Whether the claim belongs to an earlier pod of that name and is about to be collected with it.
  /// Only a policy that ties claims to pods makes such claims.
  boolean isStale(PersistentVolumeClaim claim, String podName, @Nullable Pod pod) {
    if (whenScaled != Fate.DELETE) return false;
    return OwnerRefs.of(claim).stream()
        .filter(ref -> "Pod".equals(ref.getKind()) && podName.equals(ref.getName()))
        .anyMatch(ref -> pod == null || !ref.getUid().equals(pod.getMetadata().getUid()));
  }

  private boolean ownedBySet(PersistentVolumeClaim claim, SetSpec spec, Pod pod) {
    return whenDeleted == Fate.DELETE
        && !foreignManager(claim, spec.set(), pod)
        && !(whenScaled == Fate.DELETE && isCondemned(spec, pod));
  }

  private boolean ownedByPod(PersistentVolumeClaim claim, SetSpec spec, Pod pod) {
    return whenScaled == Fate.DELETE
        && isCondemned(spec, pod)
        && !foreignManager(claim, spec.set(), pod);
  }

  private boolean retainsAll() {
    return whenDeleted == Fate.RETAIN && whenScaled == Fate.RETAIN;
  }

  private static boolean isCondemned(SetSpec spec, Pod pod) {
    return !spec.wants(PodIdentity.ordinal(spec, pod));
  }

  private static boolean foreignManager(
      PersistentVolumeClaim claim, HasMetadata set, HasMetadata pod) {
    return OwnerRefs.of(claim).stream()
        .filter(OwnerRefs::isController)
        .anyMatch(ref -> !isRefTo(ref, set) && !isRefTo(ref, pod));
  }

  /// A reference that is wanted must also be the managing one.
  private static boolean matches(PersistentVolumeClaim claim, HasMetadata owner, boolean wanted) {
    var ref = refTo(OwnerRefs.of(claim), owner);
    return wanted ? ref.filter(OwnerRefs::isController).isPresent() : ref.isEmpty();
  }

  private static void put(List<OwnerReference> refs, HasMetadata owner, boolean wanted) {
    refs.removeIf(ref -> isRefTo(ref, owner));
    if (wanted) refs.add(OwnerRefs.controllerRef(owner));
  }

  private static Optional<OwnerReference> refTo(List<OwnerReference> refs, HasMetadata owner) {
    return refs.stream().filter(ref -> isRefTo(ref, owner)).findFirst();
  }

  private static boolean isRefTo(OwnerReference ref, HasMetadata owner) {
    return ref.getUid().equals(owner.getMetadata().getUid());
  }

  private static boolean hasStaleRef(PersistentVolumeClaim claim, HasMetadata owner) {
    return OwnerRefs.of(claim).stream()
        .anyMatch(ref ->
            ref.getKind().equals(owner.getKind())
                && ref.getName().equals(owner.getMetadata().getName())
                && !isRefTo(ref, owner));
  }

  private static Fate fate(@Nullable String policy) {
    return "Delete".equals(policy) ? Fate.DELETE : Fate.RETAIN;
  }
}
