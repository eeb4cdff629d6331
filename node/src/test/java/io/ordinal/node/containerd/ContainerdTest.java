package io.ordinal.node.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.node.images.ImageStore;
import io.ordinal.node.images.LocalImages;
import io.ordinal.node.images.MachineImages;
import io.ordinal.node.machine.Command;
import io.ordinal.node.machine.Footprint;
import io.ordinal.node.machine.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("containers")
class ContainerdTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Footprint footprint = Footprint.of(Path.of("/"));

  @BeforeEach
  void names() {
    footprint = Footprint.of(folder);
  }

  @AfterEach
  void removeAll() throws IOException {
    Containerd.stop(footprint);
    new Leftovers(footprint).remove();
    assertThat(Kernel.mountsBelow(folder)).isEmpty();
  }

  @Test
  void outlivesItsOrdinalAndIsAdopted() throws Exception {
    var first = started();
    first.close();
    var second = started();
    assertThat(second.process()).isEqualTo(first.process());
    second.stop();
    assertThat(second.process().alive()).isFalse();
  }

  @Test
  void isStartedAgainWhenItIsKilled() throws Exception {
    try (var containerd = started()) {
      var before = containerd.process();
      before.handle().orElseThrow().destroyForcibly();
      var end = System.nanoTime() + SOON.toNanos();
      while (containerd.process().equals(before) && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(containerd.await(() -> true, SOON)).isTrue();
      assertThat(containerd.process()).isNotEqualTo(before);
    }
  }

  @Test
  void takesTheImagesThatAreMadeHere() throws Exception {
    try (var containerd = started()) {
      var marks = LocalImages.of(folder);
      var images = new ImageStore(containerd.socket(), marks, InstantSource.system());
      images.ensurePause(_ -> false);
      images.makeNginx();
      var listed = ctr(containerd, "images", "ls", "-q");
      assertThat(listed).contains(MachineImages.PAUSE, MachineImages.NGINX);
      assertThat(marks.contains("nginx")).isTrue();

      var file = folder.resolve("saved.tar");
      ctr(containerd, "images", "export", file.toString(), MachineImages.NGINX);
      assertThat(images.remove("nginx")).isTrue();
      assertThat(ctr(containerd, "images", "ls", "-q")).doesNotContain(MachineImages.NGINX);
      assertThat(marks.contains("nginx")).isFalse();

      assertThat(images.load(file)).containsExactly(MachineImages.NGINX);
      assertThat(ctr(containerd, "images", "ls", "-q")).contains(MachineImages.NGINX);
      assertThat(images.list().getFirst().origin()).isEqualTo("saved.tar");
    }
  }

  private static String ctr(Containerd containerd, String... words) throws IOException {
    var all =
        new java.util.ArrayList<>(
            List.of("ctr", "-a", containerd.socket().toString(), "-n", "k8s.io"));
    all.addAll(List.of(words));
    return Command.of(all).must("");
  }

  private Containerd started() throws IOException, InterruptedException {
    var cni = Files.createDirectories(folder.resolve("cni"));
    var settings =
        new ContainerdSettings(
            footprint,
            List.of(new ContainerdSettings.Handler("node-1", cni)),
            Path.of("/usr/lib/cni"),
            MachineImages.PAUSE,
            "overlayfs",
            !Kernel.mayLowerOomScore());
    var containerd = Containerd.start(settings, InstantSource.system());
    assertThat(containerd.await(() -> true, SOON)).as(() -> log()).isTrue();
    return containerd;
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("logs/containerd.log"));
    } catch (IOException e) {
      return Objects.toString(e.getMessage());
    }
  }
}
