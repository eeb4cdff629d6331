package io.ordinal.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The key was not as the write expected. Nothing was written.
public final class ConflictException extends StoreException {

  private final transient @Nullable Entry current;

  ConflictException(String key, Expect expect, @Nullable Entry current) {
    super(
        key
            + " is "
            + (current == null ? "absent" : "at revision " + current.revision())
            + ", expected: "
            + expect,
        false);
    this.current = current;
  }

  /// What the key holds instead; empty when it is absent.
  public Optional<Entry> current() {
    return Optional.ofNullable(current);
  }
}
