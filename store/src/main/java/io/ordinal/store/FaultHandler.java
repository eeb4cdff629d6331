package io.ordinal.store;

/// What to do when a thread of the store meets what must not happen, an [OutOfMemoryError] for
/// example: the store only says that it has ended. Whoever runs a process ends it, as nothing in
/// memory is to be trusted any more and everything that was acknowledged is on disk.
@FunctionalInterface
public interface FaultHandler {

  /// A loop has ended for good. Called once per loop, on its thread, after those who wait for it
  /// were told.
  ///
  /// @param loop what it did, for a person to read
  void ended(String loop, Throwable cause);
}
