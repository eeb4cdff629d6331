package io.ordinal.server.limits;

import io.ordinal.server.registry.PassingStore;
import io.ordinal.store.Page;
import io.ordinal.store.Range;
import io.ordinal.store.Store;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A store that remembers which lists it was asked for.
final class AskedStore extends PassingStore {
  final List<String> lists = new CopyOnWriteArrayList<>();

  AskedStore(Store store) {
    super(store);
  }

  @Override
  public Page range(Range range) {
    lists.add(range.prefix());
    return super.range(range);
  }
}
