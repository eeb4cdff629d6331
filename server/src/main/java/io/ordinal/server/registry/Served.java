package io.ordinal.server.registry;

import java.util.List;

/// A resource as discovery shows it.
///
/// @param group "" for the core group
/// @param resource the plural name, for example `statefulsets`
/// @param verbs in the words of authorisation, sorted
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
    List<Sub> subresources) {
  /// A subresource, with the kind that it speaks, for example Scale of autoscaling/v1.
  public record Sub(String name, String group, String version, String kind, List<String> verbs) {}
}
