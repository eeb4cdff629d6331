package io.ordinal.store.sqlite;

import io.ordinal.store.Expect;
import io.ordinal.store.Range;
import io.ordinal.store.Retention;
import io.ordinal.store.Store;
import io.ordinal.store.UnexpectedFault;
import io.ordinal.store.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Measures the store alone, by hand: puts of 2 KB at 1, 8 and 64 writers, full lists, opening. The
/// folder is given as the first argument and is deleted by nobody.
final class StoreSpeed {

  private static final Duration SPAN = Duration.ofSeconds(5);
  private static final int SIZE = 2048;

  private StoreSpeed() {}

  static void main(String[] arguments) throws Exception {
    var folder = Files.createTempDirectory(Path.of(arguments[0]), "speed");
    try (var store = open(folder)) {
      puts(store, 8, "/warm/");
      for (var writers : new int[] {1, 8, 64}) {
        System.out.println(puts(store, writers, "/w" + writers + "/"));
      }
      for (var count : new int[] {1_000, 5_000, 20_000}) {
        list(store, count);
      }
    }
    var before = System.nanoTime();
    try (var store = open(folder)) {
      System.out.printf(
          Locale.ROOT,
          "open: %d ms, revision %d%n",
          (System.nanoTime() - before) / 1_000_000,
          store.revision());
    }
  }

  private static Store open(Path folder) throws IOException {
    return SqliteStore.open(folder, Retention.USUAL, Clock.systemUTC(), UnexpectedFault.HANDLER);
  }

  private static String puts(Store store, int writers, String prefix) throws InterruptedException {
    var latencies = new long[writers][];
    var end = System.nanoTime() + SPAN.toNanos();
    var threads = new ArrayList<Thread>();
    var next = new AtomicLong();
    for (var i = 0; i < writers; i++) {
      var writer = i;
      threads.add(
          Thread.ofVirtual().start(() -> latencies[writer] = write(store, prefix, next, end)));
    }
    for (var thread : threads) {
      thread.join();
    }
    var all = Arrays.stream(latencies).flatMapToLong(Arrays::stream).sorted().toArray();
    return "%d writers: %,d puts/s, p50 %.3f ms, p99 %.3f ms, longest %.1f ms"
        .formatted(
            writers,
            all.length / SPAN.toSeconds(),
            all[all.length / 2] / 1e6,
            all[(int) (all.length * 0.99)] / 1e6,
            all[all.length - 1] / 1e6);
  }

  private static long[] write(Store store, String prefix, AtomicLong next, long end) {
    var random = new SplittableRandom(1);
    var latencies = new ArrayList<Long>();
    while (System.nanoTime() < end) {
      var bytes = new byte[SIZE];
      random.nextBytes(bytes);
      var before = System.nanoTime();
      store.put(
          prefix + "%07d".formatted(next.incrementAndGet() % 20_000),
          Value.of(bytes),
          Expect.ANYTHING);
      latencies.add(System.nanoTime() - before);
    }
    return latencies.stream().mapToLong(Long::longValue).toArray();
  }

  private static void list(Store store, int count) {
    var best = Long.MAX_VALUE;
    for (var i = 0; i < 50; i++) {
      var before = System.nanoTime();
      var page = store.range(new Range("/w64/", "", count, 0));
      best = Math.min(best, System.nanoTime() - before);
      if (page.entries().isEmpty()) {
        throw new IllegalStateException("nothing to list");
      }
    }
    System.out.printf(Locale.ROOT, "list of %,d: %.2f ms%n", count, best / 1e6);
  }
}
