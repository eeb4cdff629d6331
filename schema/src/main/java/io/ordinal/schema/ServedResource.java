package io.ordinal.schema;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// A resource that the server serves, as far as OpenAPI must know it.
///
/// @param resource the plural in the path
/// @param namespaced below `/namespaces/{namespace}/`
/// @param verbs create, delete, deletecollection, get, list, patch, update, watch
/// @param custom what describes a custom resource; empty for a type that is built in
public record ServedResource(
    Gvk gvk,
    String resource,
    boolean namespaced,
    Set<String> verbs,
    List<Subresource> subresources,
    Optional<Custom> custom) {

  /// One whose type is built in.
  public ServedResource(
      Gvk gvk,
      String resource,
      boolean namespaced,
      Set<String> verbs,
      List<Subresource> subresources) {
    this(gvk, resource, namespaced, verbs, subresources, Optional.empty());
  }

  /// What a custom resource's definition says of a version.
  ///
  /// @param schema shared: never to be modified
  /// @param listKind `CronTabList`
  public record Custom(ObjectNode schema, String listKind) {}

  /// What stands behind the name: `status`, `scale`, `log`.
  ///
  /// @param gvk the kind it speaks, which may be another group's: `autoscaling/v1, Kind=Scale`
  public record Subresource(String name, Gvk gvk, Set<String> verbs) {}
}
