package io.ordinal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Writers, readers, watchers and a compactor at work on one store at once, all driven by a seed.
final class Crowd {

  private static final List<String> PREFIXES = List.of("/", "/a/", "/b/", "/a/1", "/c/");
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Store store;
  private final Ledger ledger;
  private final SplittableRandom random;
  private final int rounds;
  private final AtomicLong compactable = new AtomicLong();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  Crowd(Store store, Ledger ledger, SplittableRandom random, int rounds) {
    this.store = store;
    this.ledger = ledger;
    this.random = random;
    this.rounds = rounds;
  }

  /// Everybody does their rounds. Answers all changes after a revision, as a watch saw them that
  /// compaction never overtakes.
  List<Change> work(long after) throws InterruptedException {
    var truth = new ArrayList<Change>();
    var teller = start(_ -> tell(after, truth));
    for (var i = 0; i < 3; i++) {
      start(this::watch);
    }
    var workers = new ArrayList<Thread>();
    for (var i = 0; i < 4; i++) {
      workers.add(start(this::write));
    }
    workers.add(start(this::read));
    workers.add(start(this::compact));
    join(workers);
    over = true;
    join(threads);
    join(List.of(teller));
    var failure = failures.peek();
    if (failure != null) {
      throw new AssertionError("one of the crowd failed", failure);
    }
    return truth;
  }

  private void write(SplittableRandom random) {
    for (var i = 0; i < rounds; i++) {
      var key = key(random);
      var value = Value.stamped((random.nextLong() + ":").getBytes(UTF_8), "!".getBytes(UTF_8));
      var current = store.get(key).orElse(null);
      var write = new Write(key, value, expect(random, current), random.nextInt(4) == 0);
      var lo = store.revision();
      try {
        var entry =
            write.deletes()
                ? store.delete(key, value, write.expect())
                : store.put(key, value, write.expect());
        ledger.add(new Ledger.Seen.Written(write, lo, store.revision(), entry));
      } catch (ConflictException _) {
        ledger.add(new Ledger.Seen.Refused(write, lo, store.revision()));
      } catch (OutcomeUnknownException _) {
        ledger.unknown(write);
      } catch (UnavailableException _) {
        // certainly not written: the ledger would notice a change that nobody asked for
      }
    }
  }

  private void read(SplittableRandom random) {
    for (var i = 0; i < rounds; i++) {
      var lo = store.revision();
      var key = key(random);
      var entry = store.get(key).orElse(null);
      ledger.add(new Ledger.Seen.Read(key, lo, store.revision(), entry));
      var prefix = PREFIXES.get(random.nextInt(PREFIXES.size()));
      var past = random.nextBoolean() ? 0 : random.nextLong(store.revision() + 1);
      try {
        var page = store.range(new Range(prefix, "", 0, past));
        ledger.add(new Ledger.Seen.Listed(prefix, lo, store.revision(), page));
      } catch (CompactedException _) {
        // asked for too old a past
      }
    }
  }

  private void compact(SplittableRandom random) {
    for (var i = 0; i < rounds / 4; i++) {
      try {
        store.compact(random.nextLong(compactable.get() + 1));
      } catch (UnavailableException _) {
        // the next one may go through
      }
    }
  }

  private void tell(long after, List<Change> truth) throws InterruptedException {
    try (var watch = store.watch("/", after)) {
      while (!over || watch.position() < store.revision()) {
        var change = watch.poll(Duration.ofMillis(5));
        if (change != null) {
          truth.add(change);
          compactable.set(change.revision());
        }
      }
    }
  }

  private void watch(SplittableRandom random) throws InterruptedException {
    while (!over) {
      var prefix = PREFIXES.get(random.nextInt(PREFIXES.size()));
      var after = Math.max(store.compactedRevision(), store.revision() - random.nextInt(20));
      var changes = new ArrayList<Change>();
      try (var watch = store.watch(prefix, after)) {
        for (var i = random.nextInt(50); i > 0 && !over; i--) {
          var change = watch.poll(Duration.ofMillis(1));
          if (change != null) {
            changes.add(change);
          }
        }
        ledger.add(new Ledger.Seen.Watched(prefix, after, watch.position(), changes));
      } catch (CompactedException _) {
        // overtaken: it begins anew
      }
    }
  }

  private static Expect expect(SplittableRandom random, @Nullable Entry current) {
    return switch (random.nextInt(4)) {
      case 0 -> Expect.ANYTHING;
      case 1 -> Expect.ABSENT;
      default -> current == null ? Expect.ABSENT : Expect.revision(current.revision());
    };
  }

  private static String key(SplittableRandom random) {
    return (random.nextBoolean() ? "/a/" : "/b/") + random.nextInt(8);
  }

  private Thread start(Work work) {
    var own = random.split();
    var thread =
        Thread.ofVirtual()
            .uncaughtExceptionHandler((_, e) -> failures.add(e))
            .start(() -> {
              try {
                work.with(own);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    threads.add(thread);
    return thread;
  }

  private void join(List<Thread> all) throws InterruptedException {
    for (var thread : all) {
      if (!thread.join(LONGEST)) {
        throw new AssertionError("somebody hangs; failures so far: " + failures);
      }
    }
  }

  private interface Work {
    void with(SplittableRandom random) throws InterruptedException;
  }
}
