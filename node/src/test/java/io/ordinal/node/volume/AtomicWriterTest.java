package io.ordinal.node.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.node.volume.AtomicWriter.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicWriterTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Random random = new Random(1);
  @TempDir Path folder;

  private boolean write(Map<String, Entry> files) throws IOException {
    return new AtomicWriter(folder, random).write(files, NOW);
  }

  private static Entry entry(String text) {
    return new Entry(text.getBytes(StandardCharsets.UTF_8), 0640, -1, -1);
  }

  @Test
  void filesAreSeenThroughOneLink() throws IOException {
    assertThat(write(Map.of("key", entry("one"), "deep/er", entry("two")))).isTrue();
    assertThat(folder.resolve("key")).hasContent("one");
    assertThat(folder.resolve("deep/er")).hasContent("two");
    assertThat(Files.readSymbolicLink(folder.resolve("key"))).isEqualTo(Path.of("..data/key"));
    assertThat((int) Files.getAttribute(folder.resolve("key"), "unix:mode") & 0777).isEqualTo(0640);
  }

  @Test
  void theSameContentIsNotWrittenAgain() throws IOException {
    write(Map.of("key", entry("one")));
    var before = Files.readSymbolicLink(folder.resolve("..data"));
    assertThat(write(Map.of("key", entry("one")))).isFalse();
    assertThat(Files.readSymbolicLink(folder.resolve("..data"))).isEqualTo(before);
  }

  @Test
  void aChangeReplacesEverythingAtOnce() throws IOException {
    write(Map.of("key", entry("one"), "old", entry("gone")));
    var before = folder.resolve(Files.readSymbolicLink(folder.resolve("..data")));
    assertThat(write(Map.of("key", entry("two")))).isTrue();
    assertThat(folder.resolve("key")).hasContent("two");
    assertThat(folder.resolve("old")).doesNotExist();
    assertThat(before).doesNotExist();
  }

  @Test
  void pathsThatLeadOutsideAreRefused() {
    for (var path : new String[] {"../x", "a/../../x", "/x", "..x", ""}) {
      assertThatThrownBy(() -> write(Map.of(path, entry("x"))))
          .as(path)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
