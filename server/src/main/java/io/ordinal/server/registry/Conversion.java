package io.ordinal.server.registry;

import io.ordinal.server.tree.Json;
import tools.jackson.databind.node.ObjectNode;

/// Two shapes of one object: as it lies in the store, and as one group and version shows it.
public interface Conversion {
  /// The group under which the objects lie in the store.
  String storedGroup();

  /// The stored shape; the argument may be changed.
  ObjectNode toStored(ObjectNode shown);

  /// The shown shape; the argument may be changed.
  ObjectNode toShown(ObjectNode stored);

  /// The shown shape of an encoded object; its own bytes where nothing has to change.
  default byte[] shown(byte[] stored) {
    return Json.write(toShown(Json.parse(stored)));
  }
}
