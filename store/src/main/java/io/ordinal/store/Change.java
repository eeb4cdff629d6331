package io.ordinal.store;

import org.jspecify.annotations.Nullable;

/// One revision: a key was created, changed or deleted.
///
/// @param deleted whether the key is gone; `entry` is then what was said of it last
/// @param entry what the key holds since this change
/// @param previous what it held before; null when it was created by this change
public record Change(boolean deleted, Entry entry, @Nullable Entry previous) {

  public String key() {
    return entry.key();
  }

  public long revision() {
    return entry.revision();
  }
}
