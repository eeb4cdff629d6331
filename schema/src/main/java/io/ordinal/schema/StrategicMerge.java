package io.ordinal.schema;

import tools.jackson.databind.node.ObjectNode;

/// Strategic merge patch (contract F2).
public final class StrategicMerge {
  private StrategicMerge() {}

  /// The target with the patch applied; neither is changed.
  ///
  /// @throws PatchException when the patch is malformed
  public static ObjectNode apply(ObjectNode target, ObjectNode patch, ObjectType type) {
    return target;
  }
}
