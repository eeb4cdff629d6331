package io.ordinal.store.sqlite;

import io.ordinal.store.Batch;
import io.ordinal.store.DamagedException;
import io.ordinal.store.Journal;
import io.ordinal.store.Kept;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A journal in an SQLite database: write-ahead log, synced at each commit, one writer.
///
/// A database that failed is never written to again. Its successor is made aside from memory and
/// takes its place by a new name (`journal-2.db` after `journal-1.db`): a name that is there is
/// complete, and the write-ahead log of the old one cannot be taken for its own.
final class SqliteJournal implements Journal {

  private static final Logger log = LoggerFactory.getLogger(SqliteJournal.class);

  private final StoreFolder folder;
  private final Witness witness;
  private long number;
  private @Nullable Database database;

  private SqliteJournal(StoreFolder folder, Witness witness, long number) {
    this.folder = folder;
    this.witness = witness;
    this.number = number;
  }

  /// Takes over the folder; closing the journal gives it back.
  static SqliteJournal open(StoreFolder folder) throws IOException {
    try {
      NativeLibrary.prepare(folder.nativeLibraries());
      var newest = folder.newestJournal();
      var acknowledged = Witness.read(folder.witness());
      if (newest.isEmpty() && acknowledged.orElse(0) > 0) {
        throw new DamagedException(
            "%s: missing, though revision %d was acknowledged (%s). Restore a backup into an empty folder"
                .formatted(folder.journal(1), acknowledged.orElse(0), folder.witness()));
      }
      if (newest.isEmpty()) {
        write(new Kept(0, List.of()), folder.fresh(1));
      }
      if (acknowledged.isEmpty()) {
        Witness.write(folder.witness(), 0);
      }
      if (newest.isPresent() && acknowledged.isEmpty()) {
        log.warn(
            "{} was missing: a lost end of the database would not be noticed", folder.witness());
      }
      return new SqliteJournal(folder, Witness.open(folder.witness()), newest.orElse(1));
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  @Override
  public Kept load() throws IOException {
    var file = folder.journal(number);
    Sqlite.checkIsOurs(file, file);
    var acknowledged = Witness.read(folder.witness()).orElse(0);
    var kept = read(file, file);
    if (kept.revision() < acknowledged) {
      throw new DamagedException(
          ("%s: damaged, it ends at revision %d, but revision %d was acknowledged (%s). Restore a backup into"
                  + " an empty folder, or delete the file witness to go on without what is lost")
              .formatted(file, kept.revision(), acknowledged, folder.witness()));
    }
    database = Database.open(file, kept);
    folder.keepOnly(number);
    note(kept.revision());
    return kept;
  }

  @Override
  public void append(Batch batch) throws IOException {
    if (database == null) {
      throw new IOException(folder.journal(number) + ": not open");
    }
    database.append(batch);
    if (!batch.changes().isEmpty()) {
      note(batch.changes().getLast().revision());
    }
  }

  @Override
  public void rewrite(Kept kept) throws IOException {
    // a commit that failed late has been noted; what is written now may end before it
    witness.noteDurably(kept.revision());
    write(kept, folder.fresh(number + 1));
    number++;
    var old = database;
    database = null;
    if (old != null) {
      old.close(); // not before the new one is in place: closing may write to the old files
    }
    folder.keepOnly(number);
    database = Database.open(folder.journal(number), kept);
  }

  @Override
  public void close() {
    try (folder;
        witness) {
      if (database != null) {
        database.close();
      }
    } catch (IOException e) {
      log.warn("Closing {} failed: {}", folder.journal(number), e.getMessage());
    }
  }

  /// All that a database file holds, verified. Somebody may be writing to it meanwhile: one
  /// transaction sees both tables at one moment.
  ///
  /// @param named what the user calls the file
  static Kept read(Path file, Path named) throws IOException {
    try (var connection = Sqlite.connectToRead(file)) {
      Sqlite.run(connection, "BEGIN");
      return ChangeTable.read(connection, named);
    } catch (SQLException e) {
      if (Sqlite.isDamage(e)) {
        throw ChangeTable.damaged(named, String.valueOf(e.getMessage()));
      }
      throw Sqlite.explained(e, named);
    }
  }

  /// Writes a complete database aside and then moves it to where it belongs.
  static void write(Kept kept, StoreFolder.Fresh fresh) throws IOException {
    fresh.discard();
    StoreFolder.createPrivate(fresh.path());
    try {
      try (Connection connection = Sqlite.connect(fresh.path())) {
        Sqlite.run(
            connection,
            "PRAGMA page_size = " + Database.PAGE_SIZE,
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF");
        try (var table = ChangeTable.create(connection)) {
          table.append(new Batch(kept.changes(), kept.compacted(), List.of()));
        }
      }
      fresh.moveIntoPlace();
    } catch (SQLException e) {
      fresh.discard();
      throw Sqlite.explained(e, fresh.path());
    } catch (IOException e) {
      fresh.discard();
      throw e;
    }
  }

  /// A witness that cannot be written only proves less: that is no reason to refuse a durable
  /// write.
  private void note(long revision) {
    try {
      witness.note(revision);
    } catch (IOException e) {
      log.warn("{} cannot be written: {}", folder.witness(), e.getMessage());
    }
  }
}
