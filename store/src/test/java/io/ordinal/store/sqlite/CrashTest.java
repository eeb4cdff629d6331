package io.ordinal.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.store.Change;
import io.ordinal.store.DurableStore;
import io.ordinal.store.Expect;
import io.ordinal.store.InUseException;
import io.ordinal.store.Range;
import io.ordinal.store.Retention;
import io.ordinal.store.Store;
import io.ordinal.store.UnexpectedFault;
import io.ordinal.store.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A thousand crashes: what was acknowledged is there afterwards, and the revisions go on from
/// there.
class CrashTest {

  private static final List<String> FILES = List.of("journal-1.db", "journal-1.db-wal", "witness");

  @TempDir(factory = InMemoryFolder.class)
  private Path folder;

  /// 30 moments × 10 ways to lose what came after them. Nothing of the file up to an acknowledged
  /// moment may be lost by a crash, as it was synced; what is behind it may be there, cut off, or
  /// garbage.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void cutOrGarbledBehindAnAcknowledgedMoment(long seed) throws IOException {
    var random = new SplittableRandom(seed);
    var live = folder.resolve("live");
    var moments = new ArrayList<Moment>();
    try (var store = open(live)) {
      for (var i = 0; i < 30; i++) {
        write(store, random.nextInt(1, 20), random);
        moments.add(Moment.copy(store, live, folder.resolve("moment-" + i)));
      }
      write(store, 20, random);
      moments.add(Moment.copy(store, live, folder.resolve("moment-30")));
    }
    for (var i = 0; i < 30; i++) {
      for (var way = 0; way < 10; way++) {
        var later = moments.get(random.nextInt(i + 1, moments.size()));
        crash(
            moments.get(i),
            later,
            way,
            random,
            "seed %d, moment %d, way %d".formatted(seed, i, way));
      }
    }
  }

  private void crash(Moment moment, Moment later, int way, SplittableRandom random, String which)
      throws IOException {
    var crashed = Files.createDirectories(folder.resolve("crashed-" + moment.revision + "-" + way));
    for (var file : FILES) {
      Files.copy(moment.files.resolve(file), crashed.resolve(file));
    }
    var synced = (int) Files.size(moment.files.resolve(FILES.get(1)));
    var bytes = Files.readAllBytes(later.files.resolve(FILES.get(1)));
    Files.write(crashed.resolve(FILES.get(1)), damaged(bytes, synced, way, random));
    try (var store = open(crashed)) {
      assertThat(store.revision()).as(which).isBetween(moment.revision, later.revision);
      try (var watch = store.watch("/", 0)) {
        var expected = later.changes.subList(0, (int) store.revision());
        for (var change : expected) {
          var seen = watch.poll();
          assertThat(seen).as(which).isEqualTo(change);
          assertThat(seen == null ? null : seen.entry().bytes())
              .as(which)
              .isEqualTo(change.entry().bytes());
        }
      }
      var next = store.put("/next", Value.of(new byte[9]), Expect.ANYTHING);
      assertThat(next.revision()).as(which).isEqualTo(store.revision());
    }
  }

  /// Leaves what was synced and loses what came later, in one of ten ways.
  private static byte[] damaged(byte[] bytes, int synced, int way, SplittableRandom random) {
    var cut = random.nextInt(synced, bytes.length + 1);
    return switch (way) {
      case 0 -> Arrays.copyOf(bytes, synced);
      case 1, 2, 3, 4 -> Arrays.copyOf(bytes, cut);
      case 5 -> Arrays.copyOf(Arrays.copyOf(bytes, cut), bytes.length); // zeros behind the cut
      default -> {
        for (var i = way == 6 ? cut : synced; i < bytes.length; i += random.nextInt(1, 4000)) {
          bytes[i] ^= (byte) random.nextInt(1, 256);
        }
        yield bytes;
      }
    };
  }

  /// The files at a moment when nothing was under way.
  private record Moment(Path files, long revision, List<Change> changes) {

    static Moment copy(Store store, Path live, Path to) throws IOException {
      Files.createDirectories(to);
      for (var file : FILES) {
        Files.copy(live.resolve(file), to.resolve(file));
      }
      var changes = new ArrayList<Change>();
      try (var watch = store.watch("/", 0)) {
        for (var change = watch.poll(); change != null; change = watch.poll()) {
          changes.add(change);
        }
      }
      return new Moment(to, store.revision(), changes);
    }
  }

  private static void write(Store store, int count, SplittableRandom random) {
    for (var i = 0; i < count; i++) {
      var key = "/" + random.nextInt(9);
      var bytes = new byte[random.nextInt(3000)];
      random.nextBytes(bytes);
      if (random.nextInt(4) == 0 && store.get(key).isPresent()) {
        store.delete(key, Value.of(bytes), Expect.ANYTHING);
      } else {
        store.put(key, Value.of(bytes), Expect.ANYTHING);
      }
    }
  }

  /// Two folders, each through fifty lives of a process that is killed with SIGKILL while it
  /// writes.
  @Test
  void killed() throws Exception {
    try (var lanes = Executors.newFixedThreadPool(2)) {
      var both = new ArrayList<Callable<Integer>>();
      both.add(() -> live(folder.resolve("one"), new SplittableRandom(1), 50));
      both.add(() -> live(folder.resolve("two"), new SplittableRandom(2), 50));
      for (var lane : lanes.invokeAll(both)) {
        assertThat(lane.get()).as("acknowledged writes").isGreaterThan(1_000);
      }
    }
  }

  private int live(Path store, SplittableRandom random, int lives) throws Exception {
    var acknowledged = new HashMap<String, Long>();
    var writes = 0;
    for (var life = 0; life < lives; life++) {
      writes += writeAndDie(store, random.nextInt(1, 400), acknowledged);
      verify(store, acknowledged);
    }
    return writes;
  }

  /// Runs a writer until it has acknowledged so many writes, kills it, and reads all that it still
  /// said.
  private static int writeAndDie(Path store, int enough, Map<String, Long> acknowledged)
      throws IOException, InterruptedException {
    var process = start(store);
    var writes = 0;
    try (var lines = process.inputReader(UTF_8)) {
      assertThat(lines.readLine()).startsWith("open ");
      assertThatThrownBy(() -> open(store))
          .isInstanceOf(InUseException.class)
          .hasMessageContaining("process " + process.pid());
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (++writes == enough) {
          process
              .toHandle()
              .destroyForcibly(); // unlike its own method, this one leaves the pipe open
        }
        note(line, acknowledged);
      }
    } finally {
      process.toHandle().destroyForcibly();
      process.waitFor();
    }
    return writes;
  }

  private static void note(String line, Map<String, Long> acknowledged) {
    var space = line.indexOf(' ');
    acknowledged.merge(
        line.substring(0, space), Long.valueOf(line.substring(space + 1)), Math::max);
  }

  private static void verify(Path folder, Map<String, Long> acknowledged) throws IOException {
    try (var store = open(folder)) {
      var changes = new HashMap<String, Change>();
      for (var entry : store.range(new Range("/", "", 0, store.compactedRevision())).entries()) {
        changes.put(entry.key(), new Change(false, entry, null));
      }
      var next = store.compactedRevision() + 1;
      try (var watch = store.watch("/", store.compactedRevision())) {
        for (var change = watch.poll(); change != null; change = watch.poll()) {
          assertThat(change.revision()).isEqualTo(next++);
          changes.put(change.key(), change);
        }
      }
      assertThat(next).isEqualTo(store.revision() + 1);
      acknowledged.forEach((key, revision) -> check(store, key, revision, changes.get(key)));
    }
  }

  private static void check(Store store, String key, long revision, @Nullable Change last) {
    if (last == null) {
      assertThat(revision)
          .as("%s was deleted later, and that compacted", key)
          .isLessThanOrEqualTo(store.compactedRevision());
    } else {
      assertThat(last.revision()).as("%s is at least as new", key).isGreaterThanOrEqualTo(revision);
      assertThat(new String(last.entry().bytes(), UTF_8)).startsWith(key + " " + last.revision());
    }
  }

  private static Process start(Path store) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-Xmx64m",
            "-Xshare:auto",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            CrashWriter.class.getName(),
            store.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static DurableStore open(Path folder) throws IOException {
    return SqliteStore.open(folder, Retention.USUAL, Clock.systemUTC(), UnexpectedFault.HANDLER);
  }
}
