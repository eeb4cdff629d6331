package io.ordinal.server.auth;

import io.ordinal.store.Store;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The few objects that tokens speak of, read straight from the store: no rule of the registry
/// applies to reading them.
final class StoredObjects {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Store store;

  StoredObjects(Store store) {
    this.store = store;
  }

  Optional<JsonNode> serviceAccount(String namespace, String name) {
    return find("/core/serviceaccounts/" + namespace + "/" + name);
  }

  /// A Pod, Secret or Node of core/v1; nothing for every other kind.
  Optional<JsonNode> bound(String kind, String namespace, String name) {
    return switch (kind) {
      case "Pod" -> find("/core/pods/" + namespace + "/" + name);
      case "Secret" -> find("/core/secrets/" + namespace + "/" + name);
      case "Node" -> find("/core/nodes/" + name);
      default -> Optional.empty();
    };
  }

  private Optional<JsonNode> find(String key) {
    return store.get(key).map(entry -> JSON.readTree(entry.bytes()));
  }

  static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asString("");
  }

  static String deletionTimestamp(JsonNode object) {
    return object.path("metadata").path("deletionTimestamp").asString("");
  }
}
