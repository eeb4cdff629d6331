package io.ordinal.store.sqlite;

import io.ordinal.store.Retention;
import io.ordinal.store.Store;
import io.ordinal.store.StoreContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {

  @TempDir private Path folder;

  @Override
  protected Store open() throws Exception {
    return SqliteStore.open(folder.resolve("store"), Retention.USUAL, Clock.systemUTC());
  }
}
