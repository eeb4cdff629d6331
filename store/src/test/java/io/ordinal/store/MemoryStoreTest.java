package io.ordinal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContract {

  @Override
  protected Store open() {
    return MemoryStore.create();
  }

  @Test
  void wakesBeforeAWriteReturnsAndAlsoWhenAWatchWrites() {
    try (var store = MemoryStore.create();
        var watch = store.watch("/", 0)) {
      var seen = new ArrayList<Long>();
      watch.onWake(() -> {
        for (var change = watch.poll(); change != null; change = watch.poll()) {
          seen.add(change.revision());
          if (change.revision() < 3) {
            store.put("/b", Value.of(new byte[0]), Expect.ANYTHING);
          }
        }
      });
      store.put("/a", Value.of(new byte[0]), Expect.ANYTHING);
      assertThat(seen).containsExactly(1L, 2L, 3L);
    }
  }
}
