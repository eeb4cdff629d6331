package io.ordinal.server.registry;

import io.ordinal.server.User;
import io.ordinal.server.Verb;

/// What a write is about, for those who admit it.
///
/// @param verb CREATE, UPDATE or DELETE
/// @param subresource empty for the object itself
public record Attributes(
    Verb verb, Kind kind, String namespace, String name, String subresource, User user) {

  /// Whether it is about objects of this kind themselves.
  public boolean isFor(String group, String resource) {
    return subresource.isEmpty() && kind.is(group, resource);
  }

  public boolean creates() {
    return verb == Verb.CREATE;
  }
}
