package io.ordinal.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The folder that holds everything a cluster keeps. What is in it is a contract; see
/// docs/operating.md.
public record DataFolder(Path path) {

  /// Makes the folder, 0700, where it is missing.
  public static DataFolder open(Path path) {
    try {
      PrivateFiles.folder(path);
    } catch (UncheckedIOException _) {
      throw new UserError(
          UserError.MACHINE,
          "the data folder %s cannot be made: name one with --data that you may write to"
              .formatted(path));
    }
    return new DataFolder(path);
  }

  /// `/var/lib/ordinal` for root, `~/.ordinal` for everybody else.
  public static Path defaultPath() {
    return isRoot()
        ? Path.of("/var/lib/ordinal")
        : Path.of(System.getProperty("user.home"), ".ordinal");
  }

  /// Whether this process is root's.
  public static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /// The administrator's kubeconfig.
  public Path adminConf() {
    return path.resolve("admin.conf");
  }

  /// The durable store.
  public Path store() {
    return path.resolve("store");
  }

  /// Certificates and keys.
  public Path pki() {
    return path.resolve("pki");
  }

  /// Where local volumes keep their data.
  public Path volumes() {
    return path.resolve("volumes");
  }

  /// Logs of Ordinal, containerd and the pods.
  public Path logs() {
    return path.resolve("logs");
  }

  /// Who runs this cluster now.
  public Path runFile() {
    return path.resolve("ordinal.run");
  }

  /// Present while `down` wants the pods stopped too.
  public Path stopPodsFile() {
    return path.resolve("ordinal.stop-pods");
  }

  /// The process that runs this cluster; empty when none does.
  public Optional<ProcessHandle> runner() {
    if (!Files.exists(runFile())) return Optional.empty();
    try {
      var words = Files.readString(runFile()).strip().split(" ", 2);
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(p -> words.length == 2 && startOf(p).equals(words[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// Records that this process runs the cluster.
  public void runByMe() {
    var me = ProcessHandle.current();
    PrivateFiles.replace(runFile(), me.pid() + " " + startOf(me) + "\n");
  }

  /// Forgets who runs the cluster.
  public void runByNobody() {
    try {
      Files.deleteIfExists(runFile());
      Files.deleteIfExists(stopPodsFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Process ids are used again: an id and its start time together are not.
  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Object::toString).orElse("unknown");
  }
}
