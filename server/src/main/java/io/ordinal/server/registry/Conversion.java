package io.ordinal.server.registry;

import tools.jackson.databind.node.ObjectNode;

/// Two shapes of one object: as it lies in the store, and as one group and version shows it.
public interface Conversion {
  /// The stored shape; the argument may be changed.
  ObjectNode toStored(ObjectNode shown);

  /// The shown shape; the argument may be changed.
  ObjectNode toShown(ObjectNode stored);
}
