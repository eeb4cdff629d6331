package io.ordinal.node.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A volume's content may not lead a subPath out of it; every attempt is refused before anything is
/// mounted.
class SubPathsTest {
  @TempDir Path folder;
  private Path volume = Path.of("");
  private Path outside = Path.of("");

  @BeforeEach
  void make() throws IOException {
    volume = Files.createDirectory(folder.resolve("volume"));
    outside = Files.createDirectory(folder.resolve("outside"));
  }

  private void refused(String subPath) {
    assertThatThrownBy(() -> SubPaths.bind(volume, subPath, folder.resolve("place")))
        .as(subPath)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("outside");
    assertThat(folder.resolve("place")).doesNotExist();
  }

  @Test
  void dotsDoNotLeadOut() {
    refused("../outside");
    refused("a/../../outside");
  }

  @Test
  void aLinkDoesNotLeadOut() throws IOException {
    Files.createSymbolicLink(volume.resolve("link"), outside);
    refused("link");
  }

  @Test
  void nothingIsMadeBehindALinkThatLeadsOut() throws IOException {
    Files.createSymbolicLink(volume.resolve("link"), outside);
    refused("link/made");
    assertThat(outside.resolve("made")).doesNotExist();
  }
}
