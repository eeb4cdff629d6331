package io.ordinal.store;

import java.util.List;

/// All that a store keeps, as a journal holds it.
///
/// @param compacted what was superseded or deleted at or before this revision is forgotten
/// @param changes in the order of revisions, with a gap at most at or before `compacted`; their
///   `previous` is not part of it
public record Kept(long compacted, List<Change> changes) {

  /// The newest revision that has been given away.
  public long revision() {
    return changes.isEmpty() ? compacted : Math.max(compacted, changes.getLast().revision());
  }
}
