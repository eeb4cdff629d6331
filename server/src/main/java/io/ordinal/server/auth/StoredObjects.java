package io.ordinal.server.auth;

import io.ordinal.server.registry.Kind;
import io.ordinal.server.registry.Kinds;
import io.ordinal.server.registry.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The few objects that tokens speak of, as they are stored: no rule of the registry applies to
/// reading them.
public final class StoredObjects {
  private final Objects objects;
  private final Kind serviceAccounts;
  private final Kind pods;
  private final Kind secrets;
  private final Kind nodes;

  /// Reads service accounts, pods, secrets and nodes of core/v1.
  public StoredObjects(Kinds kinds, Objects objects) {
    this.objects = objects;
    this.serviceAccounts = kinds.get("", "serviceaccounts");
    this.pods = kinds.get("", "pods");
    this.secrets = kinds.get("", "secrets");
    this.nodes = kinds.get("", "nodes");
  }

  Optional<? extends JsonNode> serviceAccount(String namespace, String name) {
    return objects.find(serviceAccounts, namespace, name);
  }

  /// A Pod, Secret or Node; nothing for every other kind.
  Optional<? extends JsonNode> bound(String kind, String namespace, String name) {
    return switch (kind) {
      case "Pod" -> objects.find(pods, namespace, name);
      case "Secret" -> objects.find(secrets, namespace, name);
      case "Node" -> objects.find(nodes, "", name);
      default -> Optional.empty();
    };
  }

  static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asString("");
  }

  static String deletionTimestamp(JsonNode object) {
    return object.path("metadata").path("deletionTimestamp").asString("");
  }
}
