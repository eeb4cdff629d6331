package io.ordinal.node.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.node.containerd.Containerd;
import io.ordinal.node.containerd.ContainerdSettings;
import io.ordinal.node.containerd.Leftovers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All processes and mounts are gone and the boot id is another one; only the data folder is left.
@Tag("containers")
class RebootTest {
  @Test
  void thePodsAreKnownButDownAndNewOnesRun(@TempDir Path folder) throws Exception {
    try (var machine = new RealMachine(folder)) {
      var before = machine.run("web-0", "node-1", List.of());
      machine.containerd.stop();
      new Leftovers(machine.layout.footprint()).remove();
      Bridges.down(machine.layout.footprint());
      Files.writeString(folder.resolve("containerd/boot"), "another boot");

      NodeNetwork.prepare(machine.layout);
      try (var again =
          Containerd.start(ContainerdSettings.of(machine.layout), InstantSource.system())) {
        assertThat(
                again.await(() -> machine.runtime.health().runtimeReady(), Duration.ofSeconds(20)))
            .isTrue();
        assertThat(machine.runtime.sandboxes(Map.of()))
            .singleElement()
            .satisfies(each -> assertThat(each.ready()).isFalse());
        var after = machine.run("web-0-again", "node-1", List.of());
        assertThat(after.address()).as("addresses begin anew").isEqualTo(before.address());
        machine.runtime.stopSandbox(before.sandbox());
        machine.runtime.removeSandbox(before.sandbox());
        assertThat(machine.in(after, "wget", "-qO-", "http://127.0.0.1")).contains("It works");
        again.stop();
      }
    }
  }
}
