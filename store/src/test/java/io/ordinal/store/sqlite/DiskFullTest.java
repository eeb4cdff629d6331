package io.ordinal.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ordinal.store.ConflictException;
import io.ordinal.store.DurableStore;
import io.ordinal.store.Expect;
import io.ordinal.store.OutcomeUnknownException;
import io.ordinal.store.Retention;
import io.ordinal.store.Store;
import io.ordinal.store.UnavailableException;
import io.ordinal.store.UnexpectedFault;
import io.ordinal.store.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is really full: a small file system of its own, so it needs root.
@Tag("containers")
class DiskFullTest {

  @TempDir private Path mount;

  @BeforeEach
  void mountSmallDisk() throws Exception {
    run("mount", "-t", "tmpfs", "-o", "size=6m", "ordinal-store-test", mount.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "--lazy", mount.toString()); // SQLite's library may be loaded from there
  }

  @Test
  void writesStopWithTheReasonAndResumeWhenThereIsRoom() throws Exception {
    var written = new HashMap<String, Long>();
    try (var store = open();
        var watch = store.watch("/", 0)) {
      write(store, 20, written);
      var filler = mount.resolve("filler");
      fill(filler);
      assertThat(firstFailure(store, written)).isInstanceOf(OutcomeUnknownException.class);
      assertThat(failure(store))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("no space left");
      assertThat(store.problem()).get().asString().contains("no space left");
      assertThat(watch.poll()).as("watches go on").isNotNull();
      assertThat(catchThrowable(() -> store.put("/0", value(), Expect.ABSENT)))
          .as("what was read stays right")
          .isInstanceOf(ConflictException.class);
      check(store, written);
      Files.delete(filler);
      resume(store);
      write(store, 20, written);
      check(store, written);
    }
    try (var store = open()) {
      check(store, written);
    }
  }

  /// The next attempts may still come before the back-off is over.
  private static void resume(Store store) {
    var deadline = System.nanoTime() + 20_000_000_000L;
    while (failure(store) != null) {
      assertThat(System.nanoTime()).as("writes resume").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static Throwable firstFailure(Store store, Map<String, Long> written) {
    for (var i = 0; ; i++) {
      try {
        write(store, 1, written);
      } catch (OutcomeUnknownException | UnavailableException e) {
        return e;
      }
      assertThat(i).isLessThan(10_000);
    }
  }

  private static Throwable failure(Store store) {
    return catchThrowable(() -> store.put("/probe", value(), Expect.ANYTHING));
  }

  private static void write(Store store, int count, Map<String, Long> written) {
    for (var i = 0; i < count; i++) {
      var key = "/" + i;
      written.put(key, store.put(key, value(), Expect.ANYTHING).revision());
    }
  }

  private static void check(Store store, Map<String, Long> written) {
    written.forEach((key, revision) ->
        assertThat(store.get(key).orElseThrow().revision()).as(key).isEqualTo(revision));
  }

  private static Value value() {
    var bytes = new byte[3000];
    new SplittableRandom(1).nextBytes(bytes);
    return Value.of(bytes);
  }

  private static void fill(Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private Path folder() {
    return mount.resolve("store");
  }

  private DurableStore open() throws IOException {
    return SqliteStore.open(folder(), Retention.USUAL, Clock.systemUTC(), UnexpectedFault.HANDLER);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
