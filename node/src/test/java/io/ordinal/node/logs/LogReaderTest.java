package io.ordinal.node.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {
  @TempDir Path folder;
  private Path log = Path.of("");

  @BeforeEach
  void write() throws IOException {
    log = folder.resolve("0.log");
    Files.writeString(
        log,
        """
        2026-01-01T00:00:01.000000001Z stdout F one
        2026-01-01T00:00:02.000000001Z stderr P tw
        2026-01-01T00:00:02.000000002Z stderr F o
        2026-01-01T00:00:03.000000001Z stdout F three
        """);
  }

  private static LogReader.Options options(
      boolean timestamps, int tail, long limit, @Nullable Instant since) {
    return new LogReader.Options(
        false,
        timestamps,
        since,
        tail < 0 ? OptionalInt.empty() : OptionalInt.of(tail),
        limit < 0 ? OptionalLong.empty() : OptionalLong.of(limit));
  }

  private String read(LogReader.Options options) throws IOException {
    try (var reader = new LogReader(log, options, () -> false)) {
      var text = new StringBuilder();
      for (var piece = reader.poll(); piece != null; piece = reader.poll()) {
        text.append(new String(piece, StandardCharsets.UTF_8));
      }
      assertThat(reader.ended()).isTrue();
      return text.toString();
    }
  }

  @Test
  void partsOfALineAreJoined() throws IOException {
    assertThat(read(options(false, -1, -1, null))).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void theLastLines() throws IOException {
    assertThat(read(options(false, 1, -1, null))).isEqualTo("three\n");
    assertThat(read(options(false, 0, -1, null))).isEmpty();
    assertThat(read(options(false, 99, -1, null))).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void nothingBeforeATime() throws IOException {
    assertThat(read(options(false, -1, -1, Instant.parse("2026-01-01T00:00:03Z"))))
        .isEqualTo("three\n");
  }

  @Test
  void notMoreThanSoManyBytes() throws IOException {
    assertThat(read(options(false, -1, 6, null))).isEqualTo("one\ntw");
  }

  @Test
  void timesAreShownOncePerLine() throws IOException {
    assertThat(read(options(true, -1, -1, null)).lines())
        .containsExactly(
            "2026-01-01T00:00:01.000000001Z one",
            "2026-01-01T00:00:02.000000001Z two",
            "2026-01-01T00:00:03.000000001Z three");
  }

  @Test
  void followingSeesWhatIsAddedAndSurvivesARotation() throws IOException {
    var runs = new AtomicBoolean(true);
    var follow = new LogReader.Options(true, false, null, OptionalInt.of(0), OptionalLong.empty());
    try (var reader = new LogReader(log, follow, runs::get)) {
      assertThat(reader.poll()).isNull();
      add("four");
      assertThat(reader.poll()).asString(StandardCharsets.UTF_8).isEqualTo("four\n");
      add("five");
      Files.move(log, folder.resolve("0.log.20260101-000000"));
      Files.writeString(log, "2026-01-01T00:00:09Z stdout F six\n");
      assertThat(reader.poll()).asString(StandardCharsets.UTF_8).isEqualTo("five\nsix\n");
      assertThat(reader.ended()).isFalse();
      runs.set(false);
      assertThat(reader.poll()).isNull();
      assertThat(reader.ended()).isTrue();
    }
  }

  @Test
  void aRemovedContainersLogsGoWithIt() throws IOException {
    var container = Files.createDirectory(folder.resolve("web"));
    for (var name : List.of("1.log", "1.log.20260101-000000", "1.log.20260101-000001.gz")) {
      Files.writeString(container.resolve(name), "");
    }
    Files.writeString(container.resolve("11.log"), "");
    LogFiles.delete(folder, "web", 1);
    try (var left = Files.list(container)) {
      assertThat(left).containsExactly(container.resolve("11.log"));
    }
  }

  private void add(String text) throws IOException {
    var line = "2026-01-01T00:00:09Z stdout F " + text + "\n";
    Files.writeString(log, line, StandardOpenOption.APPEND);
  }
}
