package io.ordinal.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ordinal.store.Expect;
import io.ordinal.store.Retention;
import io.ordinal.store.Store;
import io.ordinal.store.UnexpectedFault;
import io.ordinal.store.Value;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/// A process that writes until it is killed. Each acknowledged write becomes a line, `key
/// revision`.
final class CrashWriter {

  static final int WRITERS = 8;
  static final int KEYS = 20;

  private CrashWriter() {}

  static void main(String[] arguments) throws Exception {
    var retention = new Retention(Duration.ofMinutes(5), 200_000);
    var store =
        SqliteStore.open(
            Path.of(arguments[0]), retention, Clock.systemUTC(), UnexpectedFault.HANDLER);
    System.out.println("open " + store.revision());
    for (var i = 0; i < WRITERS; i++) {
      var writer = i;
      Thread.ofVirtual().start(() -> write(store, writer));
    }
    Thread.currentThread().join();
  }

  private static void write(Store store, int writer) {
    for (var i = 0; ; i++) {
      var key = "/" + writer + "/" + i % KEYS;
      var value =
          Value.stamped((key + " ").getBytes(UTF_8), (" " + "x".repeat(i % 700)).getBytes(UTF_8));
      var entry =
          i % 5 == 4 && store.get(key).isPresent()
              ? store.delete(key, value, Expect.ANYTHING)
              : store.put(key, value, Expect.ANYTHING);
      System.out.println(key + " " + entry.revision());
    }
  }
}
