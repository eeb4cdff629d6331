package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Optional;

/// Who belongs to whom.
public final class OwnerRefs {
  private OwnerRefs() {}

  public static List<OwnerReference> of(HasMetadata object) {
    var refs = object.getMetadata().getOwnerReferences();
    return refs == null ? List.of() : refs;
  }

  /// The one owner that manages the object.
  public static Optional<OwnerReference> controllerOf(HasMetadata object) {
    for (var ref : of(object)) if (isController(ref)) return Optional.of(ref);
    return Optional.empty();
  }

  public static boolean isController(OwnerReference ref) {
    return Boolean.TRUE.equals(ref.getController());
  }

  public static boolean isControlledBy(HasMetadata object, HasMetadata owner) {
    return controllerOf(object)
        .filter(ref -> ref.getUid().equals(owner.getMetadata().getUid()))
        .isPresent();
  }

  /// The reference that makes `owner` the manager of what carries it.
  public static OwnerReference controllerRef(HasMetadata owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }
}
