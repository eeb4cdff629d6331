package io.ordinal.server.custom;

/// What instances have to know of the deletion of their definition.
interface Ending {
  /// Whether the definition is being deleted, so that no instance may come.
  boolean hasBegun();

  /// An instance has gone: perhaps it was the last.
  void goesOn();
}
