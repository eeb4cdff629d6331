package io.ordinal.node.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelTest {
  @Test
  void capabilitiesAreBits() {
    assertThat(Kernel.hasCapability("Name:\tx\nCapEff:\t000001fffeffffff\n", 24)).isFalse();
    assertThat(Kernel.hasCapability("Name:\tx\nCapEff:\t000001ffffffffff\n", 24)).isTrue();
  }

  @Test
  void aProcessIsItsIdAndItsStart() throws IOException, InterruptedException {
    var child = new ProcessBuilder("sleep", "60").start();
    var stamp = ProcessStamp.of(child.pid()).orElseThrow();
    assertThat(stamp.alive()).isTrue();
    assertThat(ProcessStamp.parse(stamp.toString())).contains(stamp);
    assertThat(new ProcessStamp(stamp.pid(), stamp.startTicks() + 1).alive()).isFalse();
    child.destroyForcibly().waitFor();
    assertThat(stamp.alive()).isFalse();
    assertThat(ProcessStamp.parse("nonsense")).isEmpty();
  }

  @Test
  void aCommandAnswersWithItsExitAndItsWords() throws IOException {
    assertThat(Command.of("cat").run("hello")).isEqualTo(new Command.Output(0, "hello"));
    assertThatThrownBy(() -> Command.of("ls", "/no/such").must(""))
        .hasMessageContaining("No such file");
    assertThat(Command.find("no-such-program")).isEmpty();
  }

  @Test
  void deletingAFolderFollowsNoLink(@TempDir Path folder) throws IOException {
    var kept = Files.writeString(folder.resolve("kept"), "x");
    var gone = Files.createDirectories(folder.resolve("gone/deep"));
    Files.createSymbolicLink(gone.resolve("link"), folder);
    Folders.delete(folder.resolve("gone"));
    assertThat(folder.resolve("gone")).doesNotExist();
    assertThat(kept).exists();
  }
}
