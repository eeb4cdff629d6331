package io.ordinal.store;

import java.util.Optional;

/// The store without a disk: complete, and without any thread of its own. A write, its visibility
/// and the waking of watches happen on the caller's thread before it returns, so a simulation stays
/// in one thread.
public final class MemoryStore implements Store {

  private volatile Image image = Image.EMPTY;
  private final Watches watches = new Watches(() -> image);
  private boolean closed;

  private MemoryStore() {}

  /// An empty store.
  public static MemoryStore create() {
    return new MemoryStore();
  }

  @Override
  public long revision() {
    return image.revision();
  }

  @Override
  public long compactedRevision() {
    return image.compacted();
  }

  @Override
  public Optional<Entry> get(String key) {
    return Optional.ofNullable(image.get(key));
  }

  @Override
  public Page range(Range range) {
    return image.range(range);
  }

  @Override
  public Entry put(String key, Value value, Expect expect) {
    return write(Write.put(key, value, expect));
  }

  @Override
  public Entry delete(String key, Value last, Expect expect) {
    return write(Write.delete(key, last, expect));
  }

  @Override
  public Watch watch(String prefix, long after) {
    return watches.open(prefix, after);
  }

  @Override
  public synchronized void compact(long revision) {
    var to = Math.min(revision, watches.announced()); // idle watches have to hear of it before
    if (to > image.compacted()) {
      var draft = new Draft(image);
      draft.compact(to);
      image = draft.image();
    }
  }

  @Override
  public Optional<String> problem() {
    return Optional.empty();
  }

  @Override
  public synchronized void close() {
    closed = true;
    watches.close();
  }

  private Entry write(Write write) {
    var entry = commit(write);
    watches.announce();
    return entry;
  }

  private synchronized Entry commit(Write write) {
    if (closed) {
      throw new UnavailableException("the store is closed");
    }
    var draft = new Draft(image);
    var entry = draft.apply(write);
    image = draft.image();
    return entry;
  }
}
