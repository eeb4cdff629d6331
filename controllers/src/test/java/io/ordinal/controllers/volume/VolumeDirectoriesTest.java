package io.ordinal.controllers.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeDirectoriesTest {
  private static final String NAME = "pvc-0b6d4a3c-0000-4000-8000-00000000000a";

  @TempDir static Path folder;

  static Stream<VolumeDirectories> both() {
    return Stream.of(new LocalDirectories(folder.resolve("volumes")), new RememberedDirectories());
  }

  @ParameterizedTest
  @MethodSource("both")
  void creatingAndErasingTwiceIsAsGoodAsOnce(VolumeDirectories directories) throws IOException {
    directories.create(NAME);
    directories.create(NAME);
    directories.erase(NAME);
    directories.erase(NAME);
    assertThat(directories.pathOf(NAME)).endsWith("/" + NAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../etc",
        "pvc-",
        "pvc-../../../../etc",
        "/etc",
        "pvc-x/../../y",
        "pvc-0b6d4a3c-0000-4000-8000-00000000000a/..",
        "web-data",
      })
  void otherNamesAreRefused(String name) {
    both()
        .forEach(d -> {
          assertThatThrownBy(() -> d.erase(name)).isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> d.create(name)).isInstanceOf(IllegalArgumentException.class);
        });
  }

  @Test
  void erasingFollowsNoLink(@TempDir Path own) throws IOException {
    Path precious = Files.createDirectory(own.resolve("precious"));
    Files.writeString(precious.resolve("kept"), "kept");
    var directories = new LocalDirectories(own.resolve("volumes"));
    directories.create(NAME);
    Path volume = Path.of(directories.pathOf(NAME));
    Files.createDirectories(volume.resolve("a/b"));
    Files.writeString(volume.resolve("a/b/file"), "data");
    Files.createSymbolicLink(volume.resolve("a/out"), precious);
    Files.createSymbolicLink(volume.resolve("up"), Path.of("../.."));
    directories.erase(NAME);
    assertThat(volume).doesNotExist();
    assertThat(precious.resolve("kept")).hasContent("kept");
  }

  @Test
  void aLinkInPlaceOfTheVolumeIsLeftAlone(@TempDir Path own) throws IOException {
    Path precious = Files.createDirectory(own.resolve("precious"));
    Files.writeString(precious.resolve("kept"), "kept");
    Path volumes = Files.createDirectory(own.resolve("volumes"));
    Files.createSymbolicLink(volumes.resolve(NAME), precious);
    new LocalDirectories(volumes).erase(NAME);
    assertThat(precious.resolve("kept")).hasContent("kept");
  }
}
