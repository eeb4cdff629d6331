package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.ordinal.kube.LabelSelectors;
import io.ordinal.kube.OwnerRefs;
import io.ordinal.kube.Pods;
import java.util.ArrayList;
import java.util.List;

/// Which pods are the set's, which are to become so, and which are to be let go.
///
/// | controlled by | labels and name | then |
/// |---------------|-----------------|------|
/// | the set       | fit             | managed |
/// | the set       | do not fit      | released, unless the set is being deleted |
/// | nobody        | fit             | adopted, unless pod or set are being deleted |
/// | nobody        | do not fit      | ignored |
/// | somebody else | –               | ignored |
record Ownership(List<Pod> managed, List<Pod> toAdopt, List<Pod> toRelease) {

  static Ownership of(StatefulSet set, Iterable<Pod> candidates) {
    var managed = new ArrayList<Pod>();
    var toAdopt = new ArrayList<Pod>();
    var toRelease = new ArrayList<Pod>();
    boolean going = set.getMetadata().getDeletionTimestamp() != null;
    for (var pod : candidates) {
      boolean fits = fits(set, pod);
      if (OwnerRefs.isControlledBy(pod, set)) {
        if (fits) managed.add(pod);
        else if (!going) toRelease.add(pod);
      } else if (OwnerRefs.controllerOf(pod).isEmpty()) {
        if (fits && !going && !Pods.isTerminating(pod)) toAdopt.add(pod);
      }
    }
    return new Ownership(managed, toAdopt, toRelease);
  }

  /// Whether labels and name are those of a pod of the set.
  static boolean fits(StatefulSet set, Pod pod) {
    var metadata = pod.getMetadata();
    return PodIdentity.isMember(set.getMetadata().getName(), metadata.getName())
        && LabelSelectors.matches(set.getSpec().getSelector(), metadata.getLabels());
  }
}
