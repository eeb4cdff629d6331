package io.ordinal.store;

import java.io.IOException;

/// Where changes are made durable. A store loads it once and then is its only writer, from one
/// thread.
public interface Journal extends AutoCloseable {

  /// All that is kept, verified.
  ///
  /// @throws DamagedException when something is missing or not as it was written
  Kept load() throws IOException;

  /// Makes a batch durable. When this fails, what the journal holds is not trusted any more, and
  /// nothing is appended until a [#rewrite] has succeeded.
  void append(Batch batch) throws IOException;

  /// Replaces all that the journal holds by this, durably and at once: a crash leaves the one or
  /// the other.
  void rewrite(Kept kept) throws IOException;

  @Override
  void close();
}
