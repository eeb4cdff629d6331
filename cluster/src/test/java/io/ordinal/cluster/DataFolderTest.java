package io.ordinal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.node.machine.ProcessStamp;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path folder;

  @Test
  void aLinkIsTheFolderBehindIt() throws Exception {
    var real = Files.createDirectory(folder.toRealPath().resolve("real"));
    var link = Files.createSymbolicLink(folder.resolve("link"), real);
    assertThat(new DataFolder(link).path()).isEqualTo(real);
    assertThat(DataFolder.open(link.resolve("below")).path()).isEqualTo(real.resolve("below"));
  }

  /// Mounts and names are derived from the path: it must not change when the folder is made.
  @Test
  void aFolderIsCalledTheSameBeforeItIsThere() throws Exception {
    var real = Files.createDirectory(folder.toRealPath().resolve("real"));
    var link = Files.createSymbolicLink(folder.resolve("link"), real);
    var before = new DataFolder(link.resolve("a/b"));
    assertThat(DataFolder.open(link.resolve("a/b"))).isEqualTo(before);
  }

  @Test
  void thisProcessRunsIt() {
    var data = new DataFolder(folder);
    data.runByMe();
    assertThat(data.runner()).contains(ProcessHandle.current());
    data.runByNobody();
    assertThat(data.runner()).isEmpty();
  }

  @Test
  void anotherProcessWithTheSameIdDoesNot() throws Exception {
    var data = new DataFolder(folder);
    data.runByMe();
    var me = ProcessStamp.of(ProcessHandle.current().pid()).orElseThrow();
    var text = Files.readString(data.runFile());
    var earlier = new ProcessStamp(me.pid(), me.startTicks() - 1);
    Files.writeString(data.runFile(), text.replace(me.toString(), earlier.toString()));
    assertThat(data.runner()).isEmpty();
  }

  @Test
  void aProcessOfAnotherBootDoesNot() throws Exception {
    var data = new DataFolder(folder);
    data.runByMe();
    Files.writeString(data.runFile(), Files.readString(data.runFile()).strip() + "0\n");
    assertThat(data.runner()).isEmpty();
  }

  @Test
  void aWishThatNobodyFulfilledIsForgotten() throws Exception {
    var data = new DataFolder(folder);
    Files.writeString(data.stopPodsFile(), "stop\n");
    data.runByMe();
    assertThat(data.stopPodsFile()).doesNotExist();
  }
}
