package io.ordinal.node.containerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.node.machine.Footprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerdTomlTest {
  private final ContainerdSettings settings =
      new ContainerdSettings(
          Footprint.of(Path.of("/da ta")),
          List.of(
              new ContainerdSettings.Handler("node-1", Path.of("/da ta/cni/node-1")),
              new ContainerdSettings.Handler("node-2", Path.of("/da ta/cni/node-2"))),
          Path.of("/usr/lib/cni"),
          "localhost/pause:1",
          "overlayfs",
          true);

  @Test
  void containerd1HasOneCriPlugin() {
    assertThat(ContainerdToml.of(settings, 1))
        .contains(
            "version = 2",
            "address = \"/da ta/containerd.sock\"",
            "state = \"/da ta/containerd/state\"",
            "sandbox_image = \"localhost/pause:1\"",
            "restrict_oom_score_adj = true",
            "[plugins.\"io.containerd.grpc.v1.cri\".containerd.runtimes.\"node-2\"]",
            "cni_conf_dir = \"/da ta/cni/node-2\"",
            "default_runtime_name = \"node-1\"")
        .doesNotContain("cri.v1.runtime");
  }

  @Test
  void containerd2HasThree() {
    assertThat(ContainerdToml.of(settings, 2))
        .contains(
            "version = 3",
            "[plugins.\"io.containerd.cri.v1.images\".pinned_images]",
            "sandbox = \"localhost/pause:1\"",
            "[plugins.\"io.containerd.cri.v1.runtime\".containerd.runtimes.\"node-2\"]",
            "stream_server_address = \"127.0.0.1\"")
        .doesNotContain("sandbox_image");
  }

  @Test
  void theVersionIsReadFromWhatContainerdSays() throws IOException {
    assertThat(
            ContainerdVersion.parse(
                "containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20~ds1-1"))
        .isEqualTo(new ContainerdVersion(1, 6));
    assertThat(
            ContainerdVersion.parse("containerd github.com/containerd/containerd/v2 v2.1.4 75cb2b"))
        .isEqualTo(new ContainerdVersion(2, 1));
    assertThatThrownBy(() -> ContainerdVersion.parse("hello")).hasMessageContaining("hello");
  }

  @Test
  void aRebootThrowsTheStateAway(@TempDir Path folder) throws IOException {
    var state = Files.createDirectories(folder.resolve("state/task"));
    Containerd.throwAwayStateOfAnotherBoot(folder, "one");
    assertThat(state).exists();
    Containerd.throwAwayStateOfAnotherBoot(folder, "one");
    assertThat(state).exists();
    Containerd.throwAwayStateOfAnotherBoot(folder, "two");
    assertThat(folder.resolve("state")).doesNotExist();
  }
}
