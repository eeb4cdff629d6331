package io.ordinal.server.registry;

import io.ordinal.store.Entry;
import io.ordinal.store.Expect;
import io.ordinal.store.Page;
import io.ordinal.store.Range;
import io.ordinal.store.Store;
import io.ordinal.store.Value;
import io.ordinal.store.Watch;
import java.util.Optional;

/// Passes everything on to another store, except for what a test makes different.
public abstract class PassingStore implements Store {
  private final Store store;

  protected PassingStore(Store store) {
    this.store = store;
  }

  @Override
  public long revision() {
    return store.revision();
  }

  @Override
  public long compactedRevision() {
    return store.compactedRevision();
  }

  @Override
  public Optional<Entry> get(String key) {
    return store.get(key);
  }

  @Override
  public Page range(Range range) {
    return store.range(range);
  }

  @Override
  public Entry put(String key, Value value, Expect expect) {
    return store.put(key, value, expect);
  }

  @Override
  public Entry delete(String key, Value last, Expect expect) {
    return store.delete(key, last, expect);
  }

  @Override
  public Watch watch(String prefix, long after) {
    return store.watch(prefix, after);
  }

  @Override
  public void compact(long revision) {
    store.compact(revision);
  }

  @Override
  public Optional<String> problem() {
    return store.problem();
  }

  @Override
  public void close() {
    store.close();
  }
}
