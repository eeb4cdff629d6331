package io.ordinal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A thread of the store that meets what must not happen answers everybody who waits for it, and
/// says so.
@Timeout(30)
class FaultTest {

  private final CompletableFuture<Throwable> fault = new CompletableFuture<>();

  @Test
  void writersAreToldWhenTheCommitterEnds() throws Exception {
    var journal = new FaultyJournal(new MemoryJournal(), new SplittableRandom(1), 0, 0);
    try (var store = open(journal);
        var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      // the first commit breaks the journal; looking at the clock to mend it ends the committer
      assertThatThrownBy(() -> put(store)).isInstanceOf(StoreException.class);
      Callable<Throwable> write =
          () -> {
            try {
              return new AssertionError("written: " + put(store));
            } catch (UnavailableException e) {
              return e;
            }
          };
      for (var refused : writers.invokeAll(List.of(write, write, write, write))) {
        assertThat(refused.get()).isInstanceOf(UnavailableException.class);
      }
      assertThat(fault.get(10, TimeUnit.SECONDS)).isInstanceOf(OutOfMemoryError.class);
      assertThatThrownBy(() -> put(store)).hasMessageContaining("the store has ended");
      assertThatThrownBy(() -> store.compact(1)).isInstanceOf(UnavailableException.class);
      assertThat(store.range(Range.all("/")).entries()).isEmpty();
    }
  }

  @Test
  void anErrorOfAWatcherIsAFaultOfTheAnnouncer() throws Exception {
    try (var store =
            DurableStore.open(
                new MemoryJournal(),
                new Retention(Duration.ofDays(1), Long.MAX_VALUE),
                new HastyClock(),
                (_, cause) -> fault.complete(cause));
        var watch = store.watch("/", 0)) {
      assertThat(watch.poll()).isNull();
      var calls = new AtomicInteger();
      watch.onWake(() -> {
        if (calls.incrementAndGet() == 2) {
          throw new OutOfMemoryError("for this test");
        }
      });
      put(store);
      assertThat(fault.get(10, TimeUnit.SECONDS)).isInstanceOf(OutOfMemoryError.class);
    }
  }

  private DurableStore open(Journal journal) throws IOException {
    return DurableStore.open(
        journal,
        new Retention(Duration.ofDays(1), Long.MAX_VALUE),
        new ExhaustedClock(),
        (_, cause) -> fault.complete(cause));
  }

  private static Entry put(Store store) {
    return store.put("/a", Value.of("x".getBytes(StandardCharsets.UTF_8)), Expect.ANYTHING);
  }

  /// Good for one look.
  private static final class ExhaustedClock extends Clock {

    private int looks;

    @Override
    public Instant instant() {
      if (looks++ > 0) {
        throw new OutOfMemoryError("for this test");
      }
      return Instant.EPOCH;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
