package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;

/// Tells people what happened to an object. Telling never waits and never fails; [Events] writes
/// what it is told to the API server, a test may keep it.
@FunctionalInterface
public interface EventRecorder {
  /// For an object in more detail than its name: a container of a pod, by its `fieldPath`.
  void tell(ObjectReference about, String type, String reason, String message);

  default void normal(HasMetadata about, String reason, String message) {
    tell(reference(about), "Normal", reason, message);
  }

  default void warning(HasMetadata about, String reason, String message) {
    tell(reference(about), "Warning", reason, message);
  }

  /// How an event names the object that it is about.
  static ObjectReference reference(HasMetadata about) {
    var metadata = about.getMetadata();
    return new ObjectReferenceBuilder()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName())
        .withUid(metadata.getUid())
        .withResourceVersion(metadata.getResourceVersion())
        .build();
  }
}
