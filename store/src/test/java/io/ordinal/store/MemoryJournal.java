package io.ordinal.store;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// A journal that survives its store: what a disk would hold, without one.
final class MemoryJournal implements Journal {

  private final NavigableMap<Long, Change> rows = new TreeMap<>();
  private long compacted;

  @Override
  public synchronized Kept load() {
    for (var expected = compacted + 1; expected <= newest(); expected++) {
      if (!rows.containsKey(expected)) {
        throw new DamagedException("revision " + expected + " is missing");
      }
    }
    return new Kept(compacted, List.copyOf(rows.values()));
  }

  @Override
  public synchronized void append(Batch batch) {
    for (var change : batch.changes()) {
      rows.put(change.revision(), new Change(change.deleted(), change.entry(), null));
    }
    batch.forgotten().forEach(rows::remove);
    compacted = batch.compacted();
  }

  @Override
  public synchronized void rewrite(Kept kept) {
    rows.clear();
    append(new Batch(kept.changes(), kept.compacted(), List.of()));
  }

  @Override
  public void close() {}

  private long newest() {
    return rows.isEmpty() ? 0 : rows.lastKey();
  }
}
