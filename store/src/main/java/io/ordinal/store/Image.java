package io.ordinal.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a store holds at one revision, and everything that is not compacted before it. Never
/// changes: readers take the newest image and read it without locks, however long they need.
///
/// @param keys each key with its versions; a deleted one stays until its deletion is compacted
/// @param log the changes above `compacted`
record Image(KeyTree<Version> keys, ChangeLog log, long compacted) {

  static final Image EMPTY = new Image(KeyTree.empty(), ChangeLog.startingAt(1), 0);

  long revision() {
    return log.end() - 1;
  }

  @Nullable Entry get(String key) {
    var version = keys.get(key);
    return version == null ? null : version.live();
  }

  /// @throws ConflictException when a write would find something else than it expects
  void check(Write write) {
    var current = get(write.key());
    var fits =
        switch (write.expect()) {
          case Expect.Anything _ -> !write.deletes() || current != null;
          case Expect.Absent _ -> !write.deletes() && current == null;
          case Expect.Revision(var revision) -> current != null && current.revision() == revision;
        };
    if (!fits) {
      throw new ConflictException(write.key(), write.expect(), current);
    }
  }

  Page range(Range range) {
    var at = range.revision() == 0 ? revision() : range.revision();
    if (at > revision()) {
      throw new FutureRevisionException(at, revision());
    }
    if (at < compacted) {
      throw new CompactedException(at, compacted);
    }
    var reader = new PageReader(range, at);
    keys.walk(reader.start(), reader);
    return reader.page();
  }

  /// What a watch after a revision would need is still here.
  void checkWatchable(long after) {
    if (after > revision()) {
      throw new FutureRevisionException(after, revision());
    }
    if (after < compacted) {
      throw new CompactedException(after, compacted);
    }
  }

  /// All that is kept, in the order of revisions: what a fresh journal has to hold.
  List<Change> kept() {
    var kept = new ArrayList<Change>();
    keys.walk(
        "",
        (_, newest) -> {
          for (var version = newest; version != null; version = version.older()) {
            kept.add(version.change());
          }
          return true;
        });
    kept.sort(Comparator.comparingLong(Change::revision));
    return kept;
  }
}
