package io.ordinal.store;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What a key held since a change, and before it, as far back as is kept. Example: created at 3,
/// changed at 7, deleted at 9, compacted to 8:
///
/// ```
/// 9 (deleted) → 7          at(9) is nothing, at(8) is what 7 wrote; 3 is forgotten
/// ```
record Version(Change change, @Nullable Version older) {

  long revision() {
    return change.revision();
  }

  /// What the key holds now; null when it is deleted.
  @Nullable Entry live() {
    return change.deleted() ? null : change.entry();
  }

  /// What the key held at a revision; null when it was absent then.
  @Nullable Entry at(long revision) {
    for (var version = this; version != null; version = version.older) {
      if (version.revision() <= revision) {
        return version.live();
      }
    }
    return null;
  }

  /// As the oldest one that is kept: what was before is gone, also from memory.
  private Version alone() {
    return new Version(new Change(false, change.entry(), null), null);
  }

  /// Without what nobody may read any more after a compaction; null when nothing is left.
  @Nullable Version compacted(long revision) {
    var newer = new ArrayDeque<Change>();
    var version = this;
    while (version != null && version.revision() > revision) {
      newer.push(version.change);
      version = version.older;
    }
    var rest = version == null || version.change.deleted() ? null : version.alone();
    for (var change : newer) {
      rest = new Version(change, rest);
    }
    return rest;
  }
}
