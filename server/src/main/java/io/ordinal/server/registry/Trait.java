package io.ordinal.server.registry;

/// What sets a kind apart in the generic rules (contract B2, B3).
public enum Trait {
  /// `metadata.generation` counts the changes of its spec.
  COUNTS_GENERATIONS,
  /// A PUT on a missing object creates it.
  CREATED_BY_UPDATE,
  /// A PUT must name the resourceVersion that it replaces.
  UPDATED_BY_VERSION_ONLY,
  /// DELETE answers the object, not a Status.
  DELETE_ANSWERS_OBJECT,
  /// A DELETE without a propagation policy orphans the dependents.
  ORPHANS_DEPENDENTS
}
