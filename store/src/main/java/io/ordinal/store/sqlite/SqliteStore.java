package io.ordinal.store.sqlite;

import io.ordinal.store.DurableStore;
import io.ordinal.store.FaultHandler;
import io.ordinal.store.Retention;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;

/// Opens stores that live in a folder. What is in it:
///
/// | file | what |
/// |------|------|
/// | `journal-N.db`, `-wal`, `-shm` | the SQLite database; N counts how often it was written anew |
/// | `witness` | the newest acknowledged revision, so that a database that lost its end is noticed |
/// | `lock` | held by the process that has the folder; its id is in it |
/// | `native/` | SQLite's library, unpacked once |
public final class SqliteStore {

  private SqliteStore() {}

  /// Opens the store in a folder, which is made when it is not there.
  ///
  /// @param faults told when a thread of the store has ended for good
  /// @throws DamagedException when the files are not as they were left: names the file and what to
  ///   do
  /// @throws InUseException when another process has the folder: names that process
  public static DurableStore open(
      Path folder, Retention retention, Clock clock, FaultHandler faults) throws IOException {
    var journal = SqliteJournal.open(StoreFolder.open(folder));
    try {
      return DurableStore.open(journal, retention, clock, faults);
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /// Keeps a folder from being opened by anybody for as long as the answer is not closed; what is
  /// in it may be damaged.
  ///
  /// @throws InUseException when another process has the folder: names that process
  public static Closeable hold(Path folder) throws IOException {
    return StoreFolder.open(folder);
  }

  /// Writes what a folder holds to a new file, after all of it was verified. The store may be open
  /// meanwhile, in this process or another: the copy is of one moment, and writers do not wait for
  /// it. Only the log of that store grows for as long as the reading takes.
  ///
  /// @throws DamagedException when the folder's files are not as they were left
  public static void backup(Path folder, Path file) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    NativeLibrary.prepare(StoreFolder.nativeLibraries(folder));
    var journal = StoreFolder.newestJournal(folder);
    if (journal.isEmpty()) {
      throw new NoSuchFileException(folder.toString(), null, "there is no store");
    }
    var source = StoreFolder.journal(folder, journal.getAsLong());
    Sqlite.checkIsOurs(source, source);
    var kept = SqliteJournal.read(source, source);
    SqliteJournal.write(kept, StoreFolder.Fresh.of(file));
  }

  /// Fills an empty or missing folder from a backup, after all of the backup was verified.
  ///
  /// @throws DamagedException when the backup is not whole or not ours; the folder is then still
  ///   empty
  /// @throws InUseException when another process has the folder
  public static void restore(Path backup, Path folder) throws IOException {
    try (var opened = StoreFolder.open(folder)) {
      opened.checkEmpty();
      var restored = opened.fresh(1);
      restored.copyFrom(backup);
      try {
        NativeLibrary.prepare(opened.nativeLibraries());
        Sqlite.checkIsOurs(restored.path(), backup);
        var kept = SqliteJournal.read(restored.path(), backup);
        restored.moveIntoPlace();
        Witness.write(opened.witness(), kept.revision());
      } catch (IOException | RuntimeException e) {
        restored.discard();
        throw e;
      }
    }
  }
}
