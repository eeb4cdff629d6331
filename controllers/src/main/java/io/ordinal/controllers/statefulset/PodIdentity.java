package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.ordinal.kube.Ordinals;
import io.ordinal.kube.OwnerRefs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What makes a pod the n-th of its set: its name, its labels, its host name and its claims.
/// Everything else comes from the template.
final class PodIdentity {
  static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
  static final String POD_INDEX = "apps.kubernetes.io/pod-index";
  static final String REVISION = "controller-revision-hash";

  private PodIdentity() {}

  /// The ordinal of a pod that bears a name of this set, otherwise −1.
  static int ordinal(SetSpec spec, Pod pod) {
    var name = pod.getMetadata().getName();
    int prefix = spec.name().length();
    // The cheap question first: almost every pod asked about is one of the set.
    if (!name.startsWith(spec.name()) || name.length() < prefix + 2) return -1;
    return Ordinals.parent(name).length() == prefix ? Ordinals.of(name).orElse(-1) : -1;
  }

  static boolean isMember(String set, String pod) {
    return Ordinals.parent(pod).equals(set) && Ordinals.of(pod).isPresent();
  }

  /// The name of the revision that a pod was made from, empty if it does not say.
  static String revision(Pod pod) {
    var labels = pod.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault(REVISION, "");
  }

  static Pod newPod(SetSpec spec, Revision revision, int ordinal) {
    var template = revision.template();
    var labels = labels(spec, ordinal, labelsOf(template.getMetadata()));
    labels.put(REVISION, revision.name());
    var metadata = template.getMetadata();
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace(spec.namespace())
            .withName(Ordinals.name(spec.name(), ordinal))
            .withGenerateName(spec.name() + "-")
            .withLabels(labels)
            .withOwnerReferences(OwnerRefs.controllerRef(spec.set()))
            .endMetadata();
    if (metadata != null) {
      pod.editMetadata()
          .withAnnotations(metadata.getAnnotations())
          .withFinalizers(metadata.getFinalizers())
          .endMetadata();
    }
    return pod.withSpec(
            new PodSpecBuilder(template.getSpec())
                .withHostname(Ordinals.name(spec.name(), ordinal))
                .withSubdomain(spec.set().getSpec().getServiceName())
                .withVolumes(volumes(spec, ordinal, template.getSpec().getVolumes()))
                .build())
        .build();
  }

  /// Whether a pod still has its name label. (The index and the revision are not part of the
  /// question.)
  static boolean matches(SetSpec spec, Pod pod) {
    var metadata = pod.getMetadata();
    return ordinal(spec, pod) >= 0
        && spec.namespace().equals(metadata.getNamespace())
        && metadata.getName().equals(labelsOf(metadata).get(POD_NAME));
  }

  /// Whether a pod has a volume for each claim template, on its own claim.
  static boolean storageMatches(SetSpec spec, Pod pod) {
    int ordinal = ordinal(spec, pod);
    if (ordinal < 0) return false;
    for (var template : spec.claimTemplates()) {
      if (!hasVolume(pod, template.getMetadata().getName(), Claims.name(template, spec, ordinal))) {
        return false;
      }
    }
    return true;
  }

  /// The pod with its labels and its claims' volumes put right; other volumes stay.
  static Pod repaired(SetSpec spec, Pod pod) {
    int ordinal = ordinal(spec, pod);
    var labels = labels(spec, ordinal, labelsOf(pod.getMetadata()));
    return new PodBuilder(pod)
        .editMetadata()
        .withNamespace(spec.namespace())
        .withLabels(labels)
        .endMetadata()
        .editSpec()
        .withVolumes(volumes(spec, ordinal, pod.getSpec().getVolumes()))
        .endSpec()
        .build();
  }

  private static Map<String, String> labels(SetSpec spec, int ordinal, Map<String, String> others) {
    var labels = new TreeMap<>(others);
    labels.put(POD_NAME, Ordinals.name(spec.name(), ordinal));
    labels.put(POD_INDEX, Integer.toString(ordinal));
    return labels;
  }

  /// The claims first, then every other volume whose name does not collide with a claim's.
  private static List<Volume> volumes(SetSpec spec, int ordinal, List<Volume> others) {
    var claims = Claims.names(spec, ordinal);
    var volumes = new ArrayList<Volume>();
    claims.forEach((volume, claim) -> volumes.add(claimVolume(volume, claim)));
    for (var other : others) if (!claims.containsKey(other.getName())) volumes.add(other);
    return volumes;
  }

  private static Volume claimVolume(String volume, String claim) {
    return new VolumeBuilder()
        .withName(volume)
        .withNewPersistentVolumeClaim()
        .withClaimName(claim)
        .endPersistentVolumeClaim()
        .build();
  }

  private static boolean hasVolume(Pod pod, String name, String claim) {
    for (var volume : pod.getSpec().getVolumes()) {
      var source = volume.getPersistentVolumeClaim();
      if (source != null && volume.getName().equals(name))
        return source.getClaimName().equals(claim);
    }
    return false;
  }

  private static Map<String, String> labelsOf(@Nullable ObjectMeta metadata) {
    return metadata == null || metadata.getLabels() == null ? Map.of() : metadata.getLabels();
  }
}
