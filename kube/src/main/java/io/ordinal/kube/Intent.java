package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;

/// Which object it is, and what somebody wants of it. As long as this is the same, all that has
/// changed is what became of it.
public record Intent(String uid, long generation, boolean ending) {

  public static Intent of(HasMetadata object) {
    var metadata = object.getMetadata();
    return new Intent(
        Objects.requireNonNullElse(metadata.getUid(), ""),
        Objects.requireNonNullElse(metadata.getGeneration(), 0L),
        metadata.getDeletionTimestamp() != null);
  }
}
