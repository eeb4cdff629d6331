package io.ordinal.schema;

import java.util.List;
import java.util.Set;

/// A resource that the server serves, as far as OpenAPI must know it.
///
/// @param resource the plural in the path
/// @param namespaced below `/namespaces/{namespace}/`
/// @param verbs create, delete, deletecollection, get, list, patch, update, watch
public record ServedResource(
    Gvk gvk,
    String resource,
    boolean namespaced,
    Set<String> verbs,
    List<Subresource> subresources) {

  /// What stands behind the name: `status`, `scale`, `log`.
  ///
  /// @param gvk the kind it speaks, which may be another group's: `autoscaling/v1, Kind=Scale`
  public record Subresource(String name, Gvk gvk, Set<String> verbs) {}
}
