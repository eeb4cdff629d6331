package io.ordinal.store.sqlite;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.store.DamagedException;
import io.ordinal.store.DurableStore;
import io.ordinal.store.Expect;
import io.ordinal.store.Retention;
import io.ordinal.store.Store;
import io.ordinal.store.UnexpectedFault;
import io.ordinal.store.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damage refuses to start: with the file, what is wrong and what to do; and without touching
/// anything.
class DamageTest {

  @TempDir(factory = InMemoryFolder.class)
  private Path folder;

  private Path database = Path.of("");
  private Path witness = Path.of("");

  @BeforeEach
  void writeFiftyRevisions() throws IOException {
    database = folder.resolve("journal-1.db");
    witness = folder.resolve("witness");
    try (var store = open()) {
      write(store, 50);
      store.compact(20);
    }
  }

  @Test
  void aFlippedBitInAValue() throws IOException {
    var bytes = Files.readAllBytes(database);
    var at = new String(bytes, ISO_8859_1).indexOf("value 42");
    bytes[at + 7] ^= 1;
    Files.write(database, bytes);
    refuses("journal-1.db", "revision 42", "checksum", "Restore a backup");
  }

  @Test
  void aMissingRevision() throws Exception {
    change("DELETE FROM changes WHERE revision = 33");
    refuses("journal-1.db", "revision 33 is missing", "Restore a backup");
  }

  @Test
  void aMissingRowBelowTheCompactedRevision() throws Exception {
    change("DELETE FROM changes WHERE revision = (SELECT min(revision) FROM changes)");
    refuses("journal-1.db", "rows instead of", "Restore a backup");
  }

  @Test
  void aChangedCompactedRevision() throws Exception {
    change("UPDATE state SET compacted = 40");
    refuses("journal-1.db", "first table", "Restore a backup");
  }

  @Test
  void anEndBelowTheWitness() throws Exception {
    var old = Files.readAllBytes(database);
    try (var store = open()) {
      write(store, 7);
    }
    Files.write(database, old);
    refuses(
        "journal-1.db", "ends at revision 50", "57 was acknowledged", "delete the file witness");
    assertThat(Files.readAllBytes(database)).isEqualTo(old);
    Files.delete(witness);
    open().close();
  }

  @Test
  void aDamagedWriteAheadLogStaysAsItIs() throws Exception {
    var copy = Files.createDirectories(folder.resolve("copy"));
    try (var store = open()) {
      write(store, 7);
      for (var name : new String[] {"journal-1.db", "journal-1.db-wal", "witness"}) {
        Files.copy(folder.resolve(name), copy.resolve(name));
      }
    }
    var log = copy.resolve("journal-1.db-wal");
    var bytes = Files.readAllBytes(log);
    bytes[bytes.length / 2] ^= 1;
    Files.write(log, bytes);
    assertThatThrownBy(() ->
            SqliteStore.open(copy, Retention.USUAL, Clock.systemUTC(), UnexpectedFault.HANDLER))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("57 was acknowledged");
    assertThat(Files.readAllBytes(log)).isEqualTo(bytes);
  }

  @Test
  void anEmptyFile() throws IOException {
    Files.write(database, new byte[0]);
    refuses("journal-1.db", "not a database of Ordinal");
  }

  @Test
  void aFileThatIsNotOurs() throws IOException {
    Files.write(database, "shopping list: milk".repeat(100).getBytes(UTF_8));
    refuses("journal-1.db", "not a database of Ordinal");
    assertThat(Files.readString(database)).startsWith("shopping list");
  }

  @Test
  void aDatabaseOfSomebodyElse() throws Exception {
    change("PRAGMA application_id = 7");
    refuses("journal-1.db", "not a database of Ordinal");
  }

  @Test
  void aNewerFormat() throws Exception {
    change("PRAGMA user_version = 9");
    refuses("journal-1.db", "newer Ordinal", "format 9");
  }

  @Test
  void aLostDatabase() throws IOException {
    Files.delete(database);
    refuses("journal-1.db", "missing", "revision 50 was acknowledged");
  }

  @Test
  void aGarbledWitness() throws IOException {
    var bytes = Files.readAllBytes(witness);
    bytes[12] ^= 4;
    Files.write(witness, bytes);
    refuses("witness", "not as it was written", "Delete it");
  }

  @Test
  void halfADatabase() throws IOException {
    var bytes = Files.readAllBytes(database);
    Files.write(database, Arrays.copyOf(bytes, bytes.length / 2));
    refuses("journal-1.db", "damaged");
  }

  @Test
  void aDamagedBackupLeavesTheFolderEmpty() throws Exception {
    var backup = folder.resolve("backup");
    SqliteStore.backup(folder, backup);
    var bytes = Files.readAllBytes(backup);
    var at = new String(bytes, ISO_8859_1).indexOf("value 42");
    bytes[at] ^= 1;
    Files.write(backup, bytes);
    var target = folder.resolve("target");
    assertThatThrownBy(() -> SqliteStore.restore(backup, target))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining(backup.toString());
    Files.delete(backup);
    SqliteStore.backup(folder, backup);
    SqliteStore.restore(backup, target);
  }

  @Test
  void anUnfinishedRewritingIsThrownAway() throws IOException {
    Files.write(folder.resolve("journal-2.db.fresh"), new byte[100]);
    try (var store = open()) {
      assertThat(store.revision()).isEqualTo(50);
    }
    assertThat(folder.resolve("journal-2.db.fresh")).doesNotExist();
  }

  @Test
  void aFinishedRewritingCounts() throws IOException {
    Files.copy(database, folder.resolve("journal-2.db"));
    Files.write(database, new byte[100]);
    try (var store = open()) {
      assertThat(store.revision()).isEqualTo(50);
    }
    assertThat(database).doesNotExist();
  }

  private void refuses(String... parts) {
    assertThatThrownBy(this::open)
        .isInstanceOf(DamagedException.class)
        .message()
        .startsWith(folder.toString())
        .contains(parts);
  }

  private DurableStore open() throws IOException {
    return SqliteStore.open(folder, Retention.USUAL, Clock.systemUTC(), UnexpectedFault.HANDLER);
  }

  private void change(String sql) throws Exception {
    try (var connection = Sqlite.connect(database)) {
      Sqlite.run(connection, sql);
    }
  }

  private static void write(Store store, int count) {
    for (var i = 0; i < count; i++) {
      var value = Value.stamped("value ".getBytes(UTF_8), " padded with something".getBytes(UTF_8));
      store.put("/" + i % 8, value, Expect.ANYTHING);
    }
  }
}
