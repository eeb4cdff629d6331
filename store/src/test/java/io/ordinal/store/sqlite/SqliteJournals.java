package io.ordinal.store.sqlite;

import io.ordinal.store.Journal;
import java.io.IOException;
import java.nio.file.Path;

/// Journals in SQLite for tests that need the seam and not the whole store.
public final class SqliteJournals {

  private SqliteJournals() {}

  public static Journal open(Path folder) throws IOException {
    return SqliteJournal.open(StoreFolder.open(folder));
  }
}
