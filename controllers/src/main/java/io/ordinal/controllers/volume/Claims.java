package io.ordinal.controllers.volume;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.ordinal.kube.Quantities;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is true of claims, volumes and classes; the words are those of Kubernetes' annotations.
public final class Claims {
  public static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
  public static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
  public static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
  public static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
  public static final String STORAGE_PROVISIONER = "volume.kubernetes.io/storage-provisioner";
  public static final String BETA_STORAGE_PROVISIONER =
      "volume.beta.kubernetes.io/storage-provisioner";
  public static final String BETA_STORAGE_CLASS = "volume.beta.kubernetes.io/storage-class";
  public static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
  public static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";
  public static final String CLAIM_PROTECTION = "kubernetes.io/pvc-protection";
  public static final String VOLUME_PROTECTION = "kubernetes.io/pv-protection";

  private Claims() {}

  /// The name of the claim's class, "" when it has none.
  public static String className(PersistentVolumeClaim claim) {
    String beta = claim.getMetadata().getAnnotations().get(BETA_STORAGE_CLASS);
    return beta != null ? beta : orEmpty(claim.getSpec().getStorageClassName());
  }

  public static String className(PersistentVolume volume) {
    String beta = volume.getMetadata().getAnnotations().get(BETA_STORAGE_CLASS);
    return beta != null ? beta : orEmpty(volume.getSpec().getStorageClassName());
  }

  /// Whether nobody has said anything about the claim's class: a default class may be filled in.
  public static boolean hasNoClassField(PersistentVolumeClaim claim) {
    return claim.getSpec().getStorageClassName() == null
        && !claim.getMetadata().getAnnotations().containsKey(BETA_STORAGE_CLASS);
  }

  public static String volumeName(PersistentVolumeClaim claim) {
    return orEmpty(claim.getSpec().getVolumeName());
  }

  /// Bound in both directions, as far as the claim knows.
  public static boolean isBound(PersistentVolumeClaim claim) {
    return !volumeName(claim).isEmpty()
        && claim.getMetadata().getAnnotations().containsKey(BIND_COMPLETED);
  }

  public static Optional<String> selectedNode(PersistentVolumeClaim claim) {
    return Optional.ofNullable(claim.getMetadata().getAnnotations().get(SELECTED_NODE));
  }

  public static long requested(PersistentVolumeClaim claim) {
    var resources = claim.getSpec().getResources();
    return resources == null ? 0 : Quantities.whole(resources.getRequests().get("storage"));
  }

  /// The same as the claim writes it.
  static Quantity request(PersistentVolumeClaim claim) {
    var resources = claim.getSpec().getResources();
    Quantity asked = resources == null ? null : resources.getRequests().get("storage");
    return Objects.requireNonNullElse(asked, new Quantity("0"));
  }

  public static boolean waitsForConsumer(StorageClass storageClass) {
    return "WaitForFirstConsumer".equals(storageClass.getVolumeBindingMode());
  }

  public static boolean isDefault(StorageClass storageClass) {
    return "true".equals(storageClass.getMetadata().getAnnotations().get(DEFAULT_CLASS));
  }

  /// The newest of the default classes; of two as new, the first by name.
  public static Optional<StorageClass> defaultAmong(List<StorageClass> classes) {
    return classes.stream()
        .filter(Claims::isDefault)
        .min(
            Comparator.<StorageClass, String>comparing(
                    c -> orEmpty(c.getMetadata().getCreationTimestamp()))
                .reversed()
                .thenComparing(c -> c.getMetadata().getName()));
  }

  /// Whether the volume's claimRef names this claim: same place and name, and no other claim's uid.
  public static boolean refersTo(PersistentVolume volume, PersistentVolumeClaim claim) {
    var ref = volume.getSpec().getClaimRef();
    return ref != null
        && Objects.equals(ref.getName(), claim.getMetadata().getName())
        && Objects.equals(ref.getNamespace(), claim.getMetadata().getNamespace())
        && (isEmpty(ref.getUid()) || ref.getUid().equals(claim.getMetadata().getUid()));
  }

  /// The claims a pod uses, by name; an ephemeral volume's claim is named after pod and volume.
  public static Stream<String> usedBy(Pod pod) {
    return pod.getSpec().getVolumes().stream()
        .flatMap(v -> {
          if (v.getPersistentVolumeClaim() != null) {
            return Stream.of(v.getPersistentVolumeClaim().getClaimName());
          }
          return v.getEphemeral() == null
              ? Stream.empty()
              : Stream.of(pod.getMetadata().getName() + "-" + v.getName());
        });
  }

  /// How a volume names its claim.
  public static ObjectReference reference(PersistentVolumeClaim claim) {
    return new ObjectReferenceBuilder()
        .withKind("PersistentVolumeClaim")
        .withApiVersion("v1")
        .withNamespace(claim.getMetadata().getNamespace())
        .withName(claim.getMetadata().getName())
        .withUid(claim.getMetadata().getUid())
        .withResourceVersion(claim.getMetadata().getResourceVersion())
        .build();
  }

  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }
}
