package io.ordinal.node.cri;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.node.containerd.Containerd;
import io.ordinal.node.containerd.ContainerdSettings;
import io.ordinal.node.containerd.Leftovers;
import io.ordinal.node.images.ImageStore;
import io.ordinal.node.images.LocalImages;
import io.ordinal.node.images.MachineImages;
import io.ordinal.node.machine.Cidr;
import io.ordinal.node.machine.Footprint;
import io.ordinal.node.machine.NetworkLayout;
import io.ordinal.node.runtime.ContainerRuntime;
import io.ordinal.node.runtime.RuntimeContract;
import io.ordinal.node.runtime.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The contract against a containerd of the test's own; pods live in the machine's network and need
/// no bridge.
@Tag("containers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CriRuntimeTest extends RuntimeContract {
  private final Footprint footprint;
  private final Containerd containerd;
  private final CriRuntime runtime;

  CriRuntimeTest(@TempDir Path folder) throws IOException, InterruptedException {
    footprint = Footprint.of(folder);
    var layout =
        NetworkLayout.of(
            footprint,
            "cluster.local",
            Cidr.parse("10.218.0.0/16"),
            Cidr.parse("10.219.0.0/16"),
            List.of("node-1"));
    containerd = Containerd.start(ContainerdSettings.of(layout), InstantSource.system());
    runtime = CriRuntime.at(containerd.socket());
    assertThat(containerd.await(this::answers, Duration.ofSeconds(30))).isTrue();
    var images =
        new ImageStore(containerd.socket(), LocalImages.of(folder), InstantSource.system());
    images.ensurePause(name -> runtime.image(name).isPresent());
    images.makeNginx();
  }

  private boolean answers() {
    try {
      return runtime.health().runtimeReady();
    } catch (RuntimeFailure e) {
      return false;
    }
  }

  @AfterAll
  void nothingStays() throws IOException {
    runtime.close();
    containerd.stop();
    new Leftovers(footprint).remove();
  }

  @Override
  protected ContainerRuntime runtime() {
    return runtime;
  }

  @Override
  protected String image() {
    return MachineImages.NGINX;
  }

  @Override
  protected String logs(String pod) {
    return footprint.dataFolder().resolve("logs").resolve(pod).toString();
  }

  @Override
  protected String cgroup(String pod) {
    return footprint.cgroup() + "/" + pod;
  }
}
