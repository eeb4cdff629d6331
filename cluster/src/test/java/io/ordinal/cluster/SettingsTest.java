package io.ordinal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.cluster.ClusterConfig.RuntimeKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @TempDir Path folder;

  @Test
  void whatWasWrittenIsRead() throws Exception {
    var data = new DataFolder(folder);
    var settings =
        new Settings(
            folder,
            Optional.of(Path.of("/old place")),
            RuntimeKind.SIMULATED,
            3,
            new Addresses(17));
    settings.write(data);
    assertThat(Settings.read(data)).contains(settings);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.settingsFile())))
        .isEqualTo("rw-------");
  }

  @Test
  void nonsenseIsNamed() throws Exception {
    var data = new DataFolder(folder);
    Files.writeString(data.settingsFile(), "nodes many\n");
    assertThatThrownBy(() -> Settings.read(data))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("settings");
  }

  @Test
  void aStartWithoutOptionsIsTheClusterOfTheLastOne() {
    assertThat(known(RuntimeKind.SIMULATED, 3).with(options(null, null)))
        .isEqualTo(known(RuntimeKind.SIMULATED, 3));
  }

  @Test
  void nodesMayBeAdded() {
    assertThat(known(RuntimeKind.CONTAINERD, 2).with(options(5, null)).nodes()).isEqualTo(5);
  }

  @Test
  void nodesAreNotTakenAway() {
    var three = known(RuntimeKind.CONTAINERD, 3);
    assertThatThrownBy(() -> three.with(options(1, null)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--nodes 1")
        .hasMessageContaining("3 nodes");
  }

  @Test
  void realPodsAreNotPlayed() {
    var real = known(RuntimeKind.CONTAINERD, 1);
    assertThatThrownBy(() -> real.with(options(null, RuntimeKind.SIMULATED)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--runtime simulated")
        .extracting(e -> ((UserError) e).exitCode())
        .isEqualTo(UserError.USAGE);
  }

  @Test
  void anUnknownRuntimeIsAWrongCall() {
    assertThatThrownBy(() -> RuntimeKind.named("foo"))
        .isInstanceOf(UserError.class)
        .hasMessage("--runtime foo: must be containerd or simulated")
        .extracting(e -> ((UserError) e).exitCode())
        .isEqualTo(UserError.USAGE);
  }

  private Settings known(RuntimeKind runtime, int nodes) {
    return new Settings(folder, Optional.empty(), runtime, nodes, new Addresses(1));
  }

  private ClusterConfig options(
      @org.jspecify.annotations.Nullable Integer nodes,
      @org.jspecify.annotations.Nullable RuntimeKind runtime) {
    return new ClusterConfig(
        folder, "127.0.0.1", 0, Optional.ofNullable(nodes), Optional.ofNullable(runtime));
  }
}
