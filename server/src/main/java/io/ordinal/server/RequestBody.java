package io.ordinal.server;

/// A body that has not been read yet: it stays with the sender until the request is allowed.
@FunctionalInterface
public interface RequestBody {
  /// Reads all of it.
  ///
  /// @throws ApiException 413 when it is too large, 408 when it does not come
  byte[] read();
}
