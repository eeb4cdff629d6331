package io.ordinal.server.registry;

import io.ordinal.schema.ServedResource;
import java.util.List;
import java.util.Optional;

/// A resource as discovery shows it.
///
/// @param group "" for the core group
/// @param resource the plural name, for example `statefulsets`
/// @param verbs in the words of authorisation, sorted
/// @param custom the type of a custom resource; empty when it is built in
public record Served(
    String group,
    String version,
    String resource,
    String singular,
    String kind,
    boolean namespaced,
    List<String> verbs,
    List<String> shortNames,
    List<String> categories,
    List<Sub> subresources,
    Optional<ServedResource.Custom> custom) {
  /// A subresource, with the kind that it speaks, for example Scale of autoscaling/v1.
  public record Sub(String name, String group, String version, String kind, List<String> verbs) {}
}
