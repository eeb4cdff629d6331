package io.ordinal.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.store.DurableStore;
import io.ordinal.store.Entry;
import io.ordinal.store.Expect;
import io.ordinal.store.InUseException;
import io.ordinal.store.Range;
import io.ordinal.store.Retention;
import io.ordinal.store.Store;
import io.ordinal.store.StoreContract;
import io.ordinal.store.UnexpectedFault;
import io.ordinal.store.Value;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {

  @TempDir(factory = InMemoryFolder.class)
  private Path folder;

  @Override
  protected Store open() throws Exception {
    return open("contract");
  }

  @Test
  void everythingIsThereAfterARestart() throws Exception {
    try (var store = open("a")) {
      put(store, "/a", "1");
      put(store, "/b", "1");
      put(store, "/a", "2");
      store.delete("/b", Value.of("bye".getBytes(UTF_8)), Expect.ANYTHING);
      store.compact(2);
    }
    try (var store = open("a")) {
      assertThat(store.revision()).isEqualTo(4);
      assertThat(store.compactedRevision()).isEqualTo(2);
      assertThat(store.get("/a").map(Entry::createRevision)).contains(1L);
      assertThat(store.range(new Range("/", "", 0, 3)).entries()).hasSize(2);
      try (var watch = store.watch("/", 2)) {
        assertThat(watch.take().previous()).isNotNull();
        var deleted = watch.take();
        assertThat(deleted.deleted()).isTrue();
        assertThat(new String(deleted.entry().bytes(), UTF_8)).isEqualTo("bye");
      }
      assertThat(put(store, "/c", "1").revision()).isEqualTo(5);
    }
  }

  @Test
  void theRevisionGoesOnAlsoWhenNothingIsLeft() throws Exception {
    try (var store = open("a")) {
      put(store, "/a", "1");
      store.delete("/a", Value.of(new byte[0]), Expect.ANYTHING);
      store.compact(2);
    }
    try (var store = open("a")) {
      assertThat(put(store, "/a", "1").revision()).isEqualTo(3);
    }
  }

  @Test
  void aSecondOpenerIsToldWhoHoldsTheFolder() throws Exception {
    try (var store = open("a")) {
      assertThatThrownBy(() -> open("a"))
          .isInstanceOf(InUseException.class)
          .hasMessageContaining(folder.resolve("a").toString());
      put(store, "/a", "1");
    }
    open("a").close();
  }

  @Test
  void onlyTheOwnerMayRead() throws Exception {
    try (var store = open("a")) {
      put(store, "/a", "secret");
      var path = folder.resolve("a");
      assertThat(permissions(path)).isEqualTo("rwx------");
      assertThat(permissions(path.resolve("journal-1.db"))).isEqualTo("rw-------");
      assertThat(permissions(path.resolve("journal-1.db-wal"))).isEqualTo("rw-------");
      assertThat(permissions(path.resolve("witness"))).isEqualTo("rw-------");
    }
  }

  @Test
  void aBackupTakenWhileWritersWriteIsConsistent() throws Exception {
    var backup = folder.resolve("backup");
    var before = 0L;
    try (var store = open("a")) {
      var writer =
          Thread.ofVirtual()
              .start(() -> {
                for (var i = 0; i < 2_000; i++) {
                  put(store, "/" + i % 30, "" + i);
                }
              });
      try (var watch = store.watch("/", 0)) {
        while (before < 500) {
          before = watch.take().revision();
        }
      }
      store.compact(200);
      SqliteStore.backup(folder.resolve("a"), backup);
      writer.join();
      assertThatThrownBy(() -> SqliteStore.backup(folder.resolve("a"), backup))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
    SqliteStore.restore(backup, folder.resolve("b"));
    try (var store = open("b")) {
      assertThat(store.revision()).isBetween(before, 2_000L);
      assertThat(store.compactedRevision()).isEqualTo(200);
      for (var entry : store.range(Range.all("/")).entries()) {
        assertThat(new String(entry.bytes(), UTF_8)).isEqualTo("" + (entry.revision() - 1));
      }
      put(store, "/x", "goes on");
    }
  }

  @Test
  void aBackupIsRestoredOnlyIntoAnEmptyFolder() throws Exception {
    var backup = folder.resolve("backup");
    try (var store = open("a")) {
      put(store, "/a", "1");
      SqliteStore.backup(folder.resolve("a"), backup);
    }
    assertThatThrownBy(() -> SqliteStore.restore(backup, folder.resolve("a")))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void manyRevisionsPassThroughCheckpoints() throws Exception {
    var value = Value.of(new byte[100_000]);
    try (var store = open("a")) {
      for (var i = 0; i < 1_500; i++) {
        store.put("/" + i % 5, value, Expect.ANYTHING);
      }
      var log = folder.resolve("a").resolve("journal-1.db-wal");
      assertThat(Files.size(log)).isLessThan(Checkpointer.BOUND * 5 / 4);
    }
    try (var store = open("a")) {
      assertThat(store.revision()).isEqualTo(1_500);
    }
  }

  private DurableStore open(String name) throws IOException {
    return SqliteStore.open(
        folder.resolve(name), Retention.USUAL, Clock.systemUTC(), UnexpectedFault.HANDLER);
  }

  private static Entry put(Store store, String key, String text) {
    return store.put(key, Value.of(text.getBytes(UTF_8)), Expect.ANYTHING);
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
