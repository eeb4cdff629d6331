package io.ordinal.node.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CappedLogTest {
  @TempDir Path folder;

  @Test
  void aWriterGoesOnInALogThatBeganAnew() throws Exception {
    var file = folder.resolve("containerd.log");
    var log = new CappedLog(file, 8);
    log.look();
    try (var writer =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      writer.write("one\n".getBytes(StandardCharsets.UTF_8));
      log.look();
      assertThat(file).hasContent("one");
      writer.write("two two\n".getBytes(StandardCharsets.UTF_8));
      log.look();
      writer.write("three\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(file).hasContent("three");
    assertThat(folder.resolve("containerd.log.1")).hasContent("one\ntwo two");
  }
}
