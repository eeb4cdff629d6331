package io.ordinal.store;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Decides how far to compact. Used by one thread.
final class History {

  /// What a change costs beside its bytes: the objects that hold it.
  private static final long OVERHEAD = 120;

  private final Retention retention;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private long bytes;
  private long aged;

  History(Retention retention, Image image) {
    this.retention = retention;
    for (var r = image.compacted() + 1; r <= image.revision(); r++) {
      bytes += cost(image.log().get(r));
    }
  }

  void added(List<Change> changes) {
    changes.forEach(change -> bytes += cost(change));
  }

  void compacted(Image before, Image after) {
    for (var r = before.compacted() + 1; r <= after.compacted(); r++) {
      bytes -= cost(before.log().get(r));
    }
  }

  /// Up to where to compact now, at most `step` changes further than the image is.
  long target(Image image, Instant now, int step) {
    mark(image.revision(), now);
    while (!marks.isEmpty() && !marks.peek().at.plus(retention.age()).isAfter(now)) {
      aged = marks.remove().revision;
    }
    var reachable = Math.min(image.revision(), image.compacted() + step);
    return bytes > retention.bytes() ? reachable : Math.min(reachable, aged);
  }

  /// Notes when a revision was there, ten times per age. A clock that was turned back begins anew.
  private void mark(long revision, Instant now) {
    if (!marks.isEmpty() && marks.getLast().at.isAfter(now)) {
      marks.clear();
    }
    var last = marks.isEmpty() ? null : marks.getLast();
    if (last == null || !last.at.plus(retention.age().dividedBy(10)).isAfter(now)) {
      marks.add(new Mark(now, revision));
    }
  }

  /// What compacting past a change gives back: the value that it replaced, and a deletion's own.
  private static long cost(Change change) {
    var previous = change.previous();
    return OVERHEAD
        + (previous == null ? 0 : previous.bytes().length)
        + (change.deleted() ? change.entry().bytes().length : 0);
  }

  private record Mark(Instant at, long revision) {}
}
