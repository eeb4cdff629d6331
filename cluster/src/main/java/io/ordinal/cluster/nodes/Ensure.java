package io.ordinal.cluster.nodes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.ordinal.cluster.ControlPlane;

/// Objects that have to be there, and as they are wanted.
final class Ensure {

  private Ensure() {}

  /// Creates the object where it is missing, and replaces what another start of Ordinal has left.
  static void present(ControlPlane plane, HasMetadata object) {
    try (var client = plane.clientOfPart(ControlPlane.ASSEMBLY)) {
      var resource = client.resource(object);
      var present = resource.get();
      if (present == null) {
        resource.create();
        return;
      }
      object.getMetadata().setResourceVersion(present.getMetadata().getResourceVersion());
      resource.update();
    }
  }
}
