package io.ordinal.controllers.garbage;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.ordinal.controllers.discovery.ApiKind;
import java.util.List;

/// An object as the garbage collector sees it: who it is, whom it belongs to, whether it is
/// leaving.
record Thing(
    ApiKind kind,
    String namespace,
    String name,
    String uid,
    List<OwnerReference> owners,
    Leaving leaving) {
  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";

  enum Leaving {
    NO,
    YES,
    /// It goes when the dependents that block it are gone.
    AFTER_DEPENDENTS,
    /// It goes when its dependents have been let go.
    ORPHANING
  }

  static Thing of(ApiKind kind, HasMetadata object) {
    ObjectMeta metadata = object.getMetadata();
    return new Thing(
        kind,
        kind.namespaced() ? metadata.getNamespace() : "",
        metadata.getName(),
        metadata.getUid(),
        List.copyOf(metadata.getOwnerReferences()),
        leaving(metadata));
  }

  private static Leaving leaving(ObjectMeta metadata) {
    if (metadata.getDeletionTimestamp() == null) {
      return Leaving.NO;
    }
    if (metadata.getFinalizers().contains(ORPHAN)) {
      return Leaving.ORPHANING;
    }
    return metadata.getFinalizers().contains(FOREGROUND) ? Leaving.AFTER_DEPENDENTS : Leaving.YES;
  }

  boolean isOwnedBy(String owner) {
    return owners.stream().anyMatch(o -> owner.equals(o.getUid()));
  }

  /// Whether it keeps its owner from going while it is there.
  boolean blocks(String owner) {
    return owners.stream()
        .anyMatch(o -> owner.equals(o.getUid()) && Boolean.TRUE.equals(o.getBlockOwnerDeletion()));
  }
}
