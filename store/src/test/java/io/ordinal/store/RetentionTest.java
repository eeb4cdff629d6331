package io.ordinal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// How a durable store compacts by itself, and what its journal keeps then.
class RetentionTest {

  private static final Duration LONG = Duration.ofDays(1000);

  @Test
  void thePastIsCompactedByAge() throws IOException {
    try (var store =
        open(new MemoryJournal(), new Retention(Duration.ofMinutes(5), Long.MAX_VALUE))) {
      writeUntilCompacted(store, 400);
      assertThat(store.compactedRevision()).isBetween(400L, store.revision());
    }
  }

  @Test
  void thePastIsCompactedByBytes() throws IOException {
    try (var store = open(new MemoryJournal(), new Retention(LONG, 50_000))) {
      writeUntilCompacted(store, 1);
      assertThat(store.compactedRevision()).isBetween(1L, store.revision());
    }
  }

  @Test
  void whatIsNotSupersededCostsLittle() throws IOException {
    try (var store = open(new MemoryJournal(), new Retention(LONG, 50_000))) {
      for (var i = 0; i < 100; i++) {
        store.put("/" + i, Value.of(new byte[2000]), Expect.ABSENT);
      }
      assertThat(store.compactedRevision()).isZero();
    }
  }

  @Test
  void theJournalForgetsWhatIsCompacted() throws Exception {
    var journal = new MemoryJournal();
    try (var store = open(journal, new Retention(LONG, Long.MAX_VALUE))) {
      write(store, 500);
      store.delete("/1", Value.of(new byte[0]), Expect.ANYTHING);
      store.compact(501);
      write(store, 10);
      assertThat(journal.load().changes()).hasSizeLessThan(30);
    }
    try (var again = open(journal, Retention.USUAL)) {
      assertThat(again.revision()).isEqualTo(511);
      assertThat(again.compactedRevision()).isEqualTo(501);
      assertThat(again.range(Range.all("/")).entries()).hasSize(7);
      assertThat(again.get("/2").map(Entry::createRevision)).contains(3L);
    }
  }

  @Test
  void aJournalThatWasKilledWhileForgettingLosesNothing() throws Exception {
    var journal = new MemoryJournal();
    try (var store = open(journal, new Retention(LONG, Long.MAX_VALUE))) {
      write(store, 70);
    }
    journal.append(new Batch(List.of(), 69, List.of(1L, 3L)));
    try (var store = open(journal, new Retention(LONG, Long.MAX_VALUE))) {
      assertThat(store.range(Range.all("/")).entries()).hasSize(7);
      write(store, 70);
      assertThat(journal.load().changes()).hasSize(7 + 1 + 70);
    }
  }

  /// Compaction follows the watches, which hear of a commit a little after it.
  private static void writeUntilCompacted(Store store, long revision) {
    write(store, 500);
    for (var tries = 0; tries < 100_000 && store.compactedRevision() < revision; tries++) {
      write(store, 1);
      LockSupport.parkNanos(50_000);
    }
  }

  private static void write(Store store, int count) {
    for (var i = 0; i < count; i++) {
      store.put("/" + i % 7, Value.of("x".repeat(100).getBytes(UTF_8)), Expect.ANYTHING);
    }
  }

  private static DurableStore open(Journal journal, Retention retention) throws IOException {
    return DurableStore.open(journal, retention, new HastyClock(), UnexpectedFault.HANDLER);
  }
}
