package io.ordinal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every store promises. The names are those of etcd's guarantees: ordered, unique, reliable,
/// atomic, resumable, bookmarkable, previous value.
@Timeout(120)
public abstract class StoreContract {

  private static final Duration SOON = Duration.ofSeconds(10);

  private Store store = MemoryStore.create();

  protected abstract Store open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void anEmptyStoreIsAtRevisionZero() {
    assertThat(store.revision()).isZero();
    assertThat(store.compactedRevision()).isZero();
    assertThat(store.get("/a")).isEmpty();
    assertThat(store.range(Range.all("/")).entries()).isEmpty();
  }

  @Test
  void everyWriteTakesTheNextRevision() {
    assertThat(put("/a", "1").revision()).isEqualTo(1);
    assertThat(put("/b", "2").revision()).isEqualTo(2);
    assertThat(put("/a", "3").revision()).isEqualTo(3);
    assertThat(delete("/b").revision()).isEqualTo(4);
    assertThat(store.revision()).isEqualTo(4);
  }

  @Test
  void anEntryRemembersWhenItWasCreated() {
    put("/a", "1");
    put("/b", "1");
    assertThat(put("/a", "2").createRevision()).isEqualTo(1);
    delete("/a");
    assertThat(put("/a", "3").createRevision()).isEqualTo(5);
  }

  @Test
  void aStampedValueCarriesItsRevision() {
    put("/a", "x");
    var entry = store.put("/b", stamped("<", ">"), Expect.ANYTHING);
    assertThat(text(entry)).isEqualTo("<2>");
    assertThat(text(store.get("/b").orElseThrow())).isEqualTo("<2>");
    assertThat(text(store.delete("/b", stamped("[", "]"), Expect.revision(2)))).isEqualTo("[3]");
  }

  @Test
  void creatingWhatIsThereIsAConflict() {
    put("/a", "1");
    assertThatThrownBy(() -> store.put("/a", value("2"), Expect.ABSENT))
        .isInstanceOf(ConflictException.class);
    assertThat(text(store.get("/a").orElseThrow())).isEqualTo("1");
    assertThat(store.revision()).isEqualTo(1);
  }

  @Test
  void aConflictShowsWhatIsThere() {
    put("/a", "1");
    put("/a", "2");
    var conflict =
        catchThrowableOfType(
            ConflictException.class, () -> store.put("/a", value("3"), Expect.revision(1)));
    assertThat(conflict.current().map(Entry::revision)).contains(2L);
    var absent =
        catchThrowableOfType(
            ConflictException.class, () -> store.put("/b", value("3"), Expect.revision(1)));
    assertThat(absent.current()).isEmpty();
  }

  @Test
  void deletingWhatIsAbsentOrChangedIsAConflict() {
    put("/a", "1");
    put("/a", "2");
    assertThatThrownBy(() -> store.delete("/a", value(""), Expect.revision(1)))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> store.delete("/b", value(""), Expect.ANYTHING))
        .isInstanceOf(ConflictException.class);
    delete("/a");
    assertThatThrownBy(() -> delete("/a")).isInstanceOf(ConflictException.class);
  }

  @Test
  void aDeletedKeyCanBeCreatedAgain() {
    store.put("/a", value("1"), Expect.ABSENT);
    delete("/a");
    assertThat(store.get("/a")).isEmpty();
    assertThat(store.put("/a", value("2"), Expect.ABSENT).revision()).isEqualTo(3);
  }

  @Test
  void aRangeIsInTheOrderOfKeysAndWithinItsPrefix() {
    for (var key : List.of("/b/2", "/a/9", "/b/1", "/b", "/c/1", "/b/10")) {
      put(key, key);
    }
    assertThat(keys(store.range(Range.all("/b/")))).containsExactly("/b/1", "/b/10", "/b/2");
  }

  @Test
  void pagesOfOneRevisionMakeUpTheWhole() {
    for (var i = 0; i < 300; i++) {
      put("/p/%03d".formatted(i), "x");
    }
    var seen = new ArrayList<String>();
    var page = store.range(new Range("/p/", "", 70, 0));
    assertThat(page.remaining()).isEqualTo(230);
    put("/p/0005", "late");
    delete("/p/299");
    seen.addAll(keys(page));
    while (page.more()) {
      page = store.range(new Range("/p/", seen.getLast(), 70, page.revision()));
      seen.addAll(keys(page));
    }
    assertThat(seen).hasSize(300).isSorted().doesNotHaveDuplicates().doesNotContain("/p/0005");
  }

  @Test
  void aPageThatEndsWithTheLastKeyHasNoMore() {
    put("/p/1", "x");
    put("/p/2", "x");
    var page = store.range(new Range("/p/", "", 2, 0));
    assertThat(page.more()).isFalse();
    assertThat(page.remaining()).isZero();
  }

  @Test
  void thePastStaysReadable() {
    put("/a", "1");
    put("/b", "1");
    put("/a", "2");
    delete("/b");
    put("/c", "1");
    assertThat(texts("/", 1)).containsExactly("/a=1");
    assertThat(texts("/", 2)).containsExactly("/a=1", "/b=1");
    assertThat(texts("/", 3)).containsExactly("/a=2", "/b=1");
    assertThat(texts("/", 4)).containsExactly("/a=2");
    assertThat(texts("/", 5)).containsExactly("/a=2", "/c=1");
  }

  @Test
  void theFutureIsRefused() {
    put("/a", "1");
    assertThatThrownBy(() -> store.range(new Range("/", "", 0, 2)))
        .isInstanceOf(FutureRevisionException.class);
    assertThatThrownBy(() -> store.watch("/", 2)).isInstanceOf(FutureRevisionException.class);
  }

  @Test
  void compactionForgetsThePastAndKeepsThePresent() {
    put("/a", "1");
    put("/a", "2");
    put("/b", "1");
    delete("/b");
    put("/a", "3");
    store.compact(4);
    assertThat(store.compactedRevision()).isEqualTo(4);
    assertThat(texts("/", 4)).containsExactly("/a=2");
    assertThat(texts("/", 5)).containsExactly("/a=3");
    assertThatThrownBy(() -> store.range(new Range("/", "", 0, 3)))
        .isInstanceOf(CompactedException.class);
  }

  @Test
  void compactingTwiceOrBeyondTheEndIsHarmless() {
    put("/a", "1");
    delete("/a");
    store.compact(100);
    store.compact(1);
    assertThat(store.compactedRevision()).isEqualTo(2);
    assertThat(put("/a", "2").revision()).isEqualTo(3);
    assertThat(store.get("/a").orElseThrow().createRevision()).isEqualTo(3);
  }

  @Test
  void aWatchIsOrderedUniqueAndReliable() throws Exception {
    try (var watch = store.watch("/a/", 0)) {
      put("/a/1", "1");
      put("/b/1", "1");
      put("/a/1", "2");
      put("/a/2", "1");
      delete("/a/1");
      assertThat(revisions(watch, 4)).containsExactly(1L, 3L, 4L, 5L);
      assertThat(watch.poll()).isNull();
    }
  }

  @Test
  void aWatchGivesThePreviousValue() throws Exception {
    try (var watch = store.watch("/a", 0)) {
      put("/a", "1");
      put("/a", "2");
      store.delete("/a", value("last words"), Expect.ANYTHING);
      put("/a", "3");
      assertThat(previous(watch.take())).isNull();
      assertThat(previous(watch.take())).isEqualTo("1");
      var deleted = watch.take();
      assertThat(deleted.deleted()).isTrue();
      assertThat(text(deleted.entry())).isEqualTo("last words");
      assertThat(previous(deleted)).isEqualTo("2");
      assertThat(previous(watch.take())).isNull();
    }
  }

  @Test
  void aWatchIsResumable() throws Exception {
    for (var i = 1; i <= 10; i++) {
      put("/a", "" + i);
    }
    try (var watch = store.watch("/", 0)) {
      assertThat(revisions(watch, 4)).containsExactly(1L, 2L, 3L, 4L);
      try (var resumed = store.watch("/", watch.position())) {
        assertThat(revisions(resumed, 6)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
      }
    }
  }

  @Test
  void aQuietWatchIsBookmarkable() {
    try (var watch = store.watch("/quiet/", 0);
        var witness = store.watch("/loud/", 0)) {
      put("/quiet/1", "1");
      for (var i = 0; i < 50; i++) {
        put("/loud/" + i, "x");
      }
      assertThat(watch.poll()).isNotNull();
      assertThat(watch.position()).isEqualTo(1);
      assertThat(watch.poll()).isNull();
      assertThat(watch.position()).isEqualTo(51);
      assertThat(witness.position()).isZero();
    }
  }

  @Test
  void aWatchWaitsForWhatComes() throws Exception {
    try (var watch = store.watch("/", 0)) {
      var writer = Thread.ofVirtual().start(() -> put("/a", "1"));
      assertThat(watch.take().revision()).isEqualTo(1);
      writer.join();
      assertThat(watch.poll(Duration.ofMillis(5))).isNull();
    }
  }

  @Test
  void aWatchThatWaitsEndsWhenItIsClosed() throws Exception {
    var watch = store.watch("/", 0);
    var ended = new CountDownLatch(1);
    var watcher =
        Thread.ofVirtual()
            .start(() -> {
              assertThatThrownBy(watch::take).isInstanceOf(UnavailableException.class);
              ended.countDown();
            });
    watch.close();
    watcher.join();
    assertThat(ended.getCount()).isZero();
  }

  @Test
  void aSlowWatchLearnsThatItWasOvertaken() {
    try (var watch = store.watch("/", 0)) {
      put("/a", "1");
      put("/a", "2");
      put("/a", "3");
      store.compact(2);
      assertThatThrownBy(watch::poll).isInstanceOf(CompactedException.class);
      assertThatThrownBy(() -> store.watch("/", 1)).isInstanceOf(CompactedException.class);
      assertThat(store.watch("/", 2).poll()).isNotNull();
    }
  }

  @Test
  void compactionLeavesAnIdleWatchAlone() throws Exception {
    try (var watch = store.watch("/quiet", 0)) {
      assertThat(watch.poll()).isNull();
      for (var i = 0; i < 600; i++) {
        put("/loud", "" + i);
      }
      store.compact(600);
      put("/quiet", "1");
      assertThat(watch.take().revision()).isEqualTo(601);
    }
  }

  @Test
  void wakesOnlyThoseWhosePrefixMatches() throws Exception {
    var matching = new Semaphore(0);
    var others = new AtomicInteger();
    try (var one = store.watch("/a/", 0);
        var two = store.watch("/a/b/", 0);
        var other = store.watch("/a/c/", 0)) {
      one.onWake(matching::release);
      two.onWake(matching::release);
      other.onWake(others::incrementAndGet);
      matching.acquire(2);
      assertThat(one.poll()).isNull();
      assertThat(two.poll()).isNull();
      assertThat(other.poll()).isNull();
      put("/a/b/1", "1");
      matching.acquire(2);
      assertThat(one.poll()).isNotNull();
      assertThat(two.poll()).isNotNull();
      assertThat(others).hasValue(1);
    }
  }

  @Test
  void twoWritersWithTheSameExpectationCannotBothWin() throws Exception {
    put("/a", "0");
    for (var round = 0; round < 50; round++) {
      var seen = store.get("/a").orElseThrow().revision();
      var won = new AtomicInteger();
      inParallel(
          4,
          () -> {
            try {
              store.put("/a", value("x"), Expect.revision(seen));
              won.incrementAndGet();
            } catch (ConflictException _) {
              // somebody else was first
            }
          });
      assertThat(won).hasValue(1);
    }
  }

  @Test
  void manyWatchesOfOnePrefixAllSeeEverything() throws Exception {
    var failures = new ConcurrentLinkedQueue<Throwable>();
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < 200; i++) {
      var watch = store.watch("/w/", 0);
      threads.add(
          Thread.ofVirtual()
              .uncaughtExceptionHandler((_, e) -> failures.add(e))
              .start(() -> assertThat(seen(watch, 100)).isEqualTo(100)));
    }
    inParallel(4, () -> put25());
    for (var thread : threads) {
      assertThat(thread.join(SOON)).isTrue();
    }
    assertThat(failures).isEmpty();
  }

  /// The last watch of a prefix may leave at the very moment when the next one comes.
  @Test
  void whoComesWhileTheLastOneLeavesIsToldAllTheSame() throws Exception {
    var deaf = new AtomicInteger();
    inParallel(
        4,
        () -> {
          for (var i = 0; i < 1000 && deaf.get() == 0; i++) {
            if (!isTold("/w/")) deaf.incrementAndGet();
          }
        });
    assertThat(deaf).hasValue(0);
  }

  private boolean isTold(String prefix) {
    for (var i = 0; i < 100; i++) {
      store.watch(prefix, store.revision()).close();
    }
    try (var watch = store.watch(prefix, store.revision())) {
      while (watch.poll() != null) {
        // until it is idle: from then on it has to be told
      }
      put(prefix, "x");
      return watch.poll(Duration.ofSeconds(30)) != null;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aClosedStoreRefusesWritesAndEndsWatches() {
    put("/a", "1");
    var watch = store.watch("/", 1);
    store.close();
    assertThatThrownBy(() -> put("/a", "2")).isInstanceOf(UnavailableException.class);
    assertThatThrownBy(watch::take).isInstanceOf(UnavailableException.class);
  }

  private void put25() {
    for (var i = 0; i < 25; i++) {
      put("/w/" + i, "x");
    }
  }

  private static int seen(Watch watch, int count) {
    try (watch) {
      for (var i = 1; i <= count; i++) {
        assertThat(watch.take().revision()).isEqualTo(i);
      }
      return count;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void inParallel(int count, Runnable task) throws InterruptedException {
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < count; i++) {
      threads.add(Thread.ofVirtual().start(task));
    }
    for (var thread : threads) {
      thread.join();
    }
  }

  private static List<Long> revisions(Watch watch, int count) throws InterruptedException {
    var revisions = new ArrayList<Long>();
    for (var i = 0; i < count; i++) {
      revisions.add(watch.take().revision());
    }
    return revisions;
  }

  private List<String> texts(String prefix, long revision) {
    return store.range(new Range(prefix, "", 0, revision)).entries().stream()
        .map(entry -> entry.key() + "=" + text(entry))
        .toList();
  }

  private static List<String> keys(Page page) {
    return page.entries().stream().map(Entry::key).toList();
  }

  private static @Nullable String previous(Change change) {
    var previous = change.previous();
    return previous == null ? null : text(previous);
  }

  private Entry put(String key, String text) {
    return store.put(key, value(text), Expect.ANYTHING);
  }

  private Entry delete(String key) {
    return store.delete(key, value("gone"), Expect.ANYTHING);
  }

  private static Value value(String text) {
    return Value.of(text.getBytes(UTF_8));
  }

  private static Value stamped(String head, String tail) {
    return Value.stamped(head.getBytes(UTF_8), tail.getBytes(UTF_8));
  }

  private static String text(Entry entry) {
    return new String(entry.bytes(), UTF_8);
  }
}
