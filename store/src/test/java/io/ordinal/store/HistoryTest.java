package io.ordinal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.store.sqlite.InMemoryFolder;
import io.ordinal.store.sqlite.SqliteJournals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random histories: linearizable per key, watches complete, no acknowledged write lost.
class HistoryTest {

  private static final int ROUNDS = 150;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 15);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void inMemory(long seed) throws InterruptedException {
    var ledger = new Ledger();
    try (var store = MemoryStore.create()) {
      var truth = new Crowd(store, ledger, new SplittableRandom(seed), ROUNDS).work(0);
      ledger.verify(truth);
      assertThat(truth).hasSize((int) store.revision());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void onAJournalThatFailsNowAndThen(long seed) throws Exception {
    var disk = new MemoryJournal();
    survives(seed, () -> disk, 0.02);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void onAJournalThatFailsOften(long seed) throws Exception {
    var disk = new MemoryJournal();
    survives(seed, () -> disk, 0.3);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void onSqlite(long seed, @TempDir(factory = InMemoryFolder.class) Path folder) throws Exception {
    survives(seed, () -> SqliteJournals.open(folder), 0.02);
  }

  private interface Disk {
    Journal journal() throws IOException;
  }

  /// Four lives of a store on one journal; three of them end by a kill in the middle of the work.
  private static void survives(long seed, Disk disk, double badness) throws Exception {
    var random = new SplittableRandom(seed);
    var ledger = new Ledger();
    var truth = new ArrayList<Change>();
    var revision = 0L;
    for (var life = 0; life < 4; life++) {
      var commits = life == 3 ? Integer.MAX_VALUE : random.nextInt(200);
      var journal = new FaultyJournal(disk.journal(), random.split(), badness, commits);
      try (var store = open(journal)) {
        assertThat(store.revision()).as("nothing is lost").isGreaterThanOrEqualTo(revision);
        truth.addAll(new Crowd(store, ledger, random.split(), ROUNDS).work(truth.size()));
        revision = store.revision();
      }
    }
    assertThat(truth).as("writes went on after each failure").hasSizeGreaterThan(ROUNDS / 3);
    ledger.verify(truth);
  }

  private static DurableStore open(Journal journal) throws IOException {
    return DurableStore.open(
        journal,
        new Retention(Duration.ofDays(1000), Long.MAX_VALUE),
        new HastyClock(),
        UnexpectedFault.HANDLER);
  }
}
