package io.ordinal.node.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalImagesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final LocalImage NGINX =
      new LocalImage("docker.io/library/nginx:latest", "sha256:ab", NOON, "made for the demo");

  @TempDir Path folder;

  @Test
  void withoutARecordNothingIsMarked() {
    assertThat(LocalImages.of(folder).list()).isEmpty();
    assertThat(LocalImages.of(folder).contains("nginx")).isFalse();
  }

  @Test
  void everySpellingOfAMarkedImageCounts() throws IOException {
    var images = LocalImages.of(folder);
    images.mark(NGINX);
    assertThat(images.contains("nginx")).isTrue();
    assertThat(images.contains("docker.io/library/nginx:latest")).isTrue();
    assertThat(images.contains("nginx@sha256:ab")).isTrue();
    assertThat(images.contains("nginx:1.25")).isFalse();
    assertThat(images.contains("nginx@sha256:cd")).isFalse();
    assertThat(images.contains("NOT A NAME")).isFalse();
  }

  @Test
  void aChangeMadeByAnotherProcessIsSeen() throws IOException {
    var node = LocalImages.of(folder);
    var commandLine = LocalImages.of(folder);
    assertThat(node.contains("nginx")).isFalse();
    commandLine.mark(NGINX);
    assertThat(node.list()).containsExactly(NGINX);
    assertThat(commandLine.unmark("nginx")).isTrue();
    assertThat(node.list()).isEmpty();
    assertThat(commandLine.unmark("nginx")).isFalse();
  }

  @Test
  void aNewMarkReplacesTheOld() throws IOException {
    var images = LocalImages.of(folder);
    var newer = new LocalImage(NGINX.name(), "sha256:cd", NOON.plusSeconds(1), "a\tfile");
    images.mark(NGINX);
    images.mark(newer);
    assertThat(images.list()).hasSize(1);
    assertThat(images.list().getFirst().digest()).isEqualTo("sha256:cd");
    assertThat(images.list().getFirst().origin()).isEqualTo("a file");
  }
}
