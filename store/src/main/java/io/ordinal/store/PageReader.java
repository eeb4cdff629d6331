package io.ordinal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/// Collects a page while it is led along the keys.
final class PageReader implements BiPredicate<String, Version> {

  private final Range range;
  private final long revision;
  private final List<Entry> entries = new ArrayList<>();
  private long remaining;

  PageReader(Range range, long revision) {
    this.range = range;
    this.revision = revision;
  }

  /// Where to begin: `startAfter` with the smallest character behind it is the next possible key.
  String start() {
    var next = range.startAfter() + '\0';
    return range.startAfter().isEmpty() || next.compareTo(range.prefix()) < 0
        ? range.prefix()
        : next;
  }

  @Override
  public boolean test(String key, Version newest) {
    if (!key.startsWith(range.prefix())) {
      return false;
    }
    var entry = newest.at(revision);
    if (entry == null) {
      return true;
    }
    if (range.limit() > 0 && entries.size() == range.limit()) {
      remaining++;
    } else {
      entries.add(entry);
    }
    return true;
  }

  Page page() {
    return new Page(List.copyOf(entries), revision, remaining > 0, remaining);
  }
}
