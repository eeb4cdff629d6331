package io.ordinal.server.registry;

import io.ordinal.store.Entry;
import io.ordinal.store.Expect;
import io.ordinal.store.Page;
import io.ordinal.store.Range;
import io.ordinal.store.Store;
import io.ordinal.store.Value;
import io.ordinal.store.Watch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A store that tells of its commits before whoever made one learns that it is done. What is kept
/// in memory about objects can so never be behind what a client has seen.
///
/// Who is told looks at the key anew: two commits of one key may be told in either order.
public final class ObservedStore implements Store {
  private final Store store;
  private final List<Consumer<StoredKey>> listeners = new CopyOnWriteArrayList<>();

  public ObservedStore(Store store) {
    this.store = store;
  }

  /// `listener` hears of every commit from now on, on the thread that made it: it must be quick, it
  /// must not write, and it must not fail.
  public void onCommit(Consumer<StoredKey> listener) {
    listeners.add(listener);
  }

  @Override
  public Entry put(String key, Value value, Expect expect) {
    var entry = store.put(key, value, expect);
    tell(key);
    return entry;
  }

  @Override
  public Entry delete(String key, Value last, Expect expect) {
    var entry = store.delete(key, last, expect);
    tell(key);
    return entry;
  }

  private void tell(String key) {
    if (listeners.isEmpty()) return;
    var committed = StoredKey.of(key);
    for (var listener : listeners) listener.accept(committed);
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
