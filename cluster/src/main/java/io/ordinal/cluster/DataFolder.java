package io.ordinal.cluster;

import io.ordinal.node.machine.Kernel;
import io.ordinal.node.machine.ProcessStamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// The folder that holds everything a cluster keeps. What is in it is a contract; see
/// docs/operating.md.
///
/// @param path without symbolic links: mounts, cgroups and command lines are found by it
public record DataFolder(Path path) {

  public DataFolder {
    path = real(path);
  }

  /// A path as the kernel names it. Of what is not there yet, the nearest folder that is counts.
  static Path real(Path path) {
    var absolute = path.toAbsolutePath().normalize();
    try {
      if (Files.exists(absolute)) return absolute.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var parent = absolute.getParent();
    return parent == null ? absolute : real(parent).resolve(absolute.getFileName());
  }

  /// Makes the folder, 0700, where it is missing.
  public static DataFolder open(Path path) {
    var data = new DataFolder(path);
    try {
      PrivateFiles.folder(data.path());
      return data;
    } catch (UncheckedIOException _) {
      throw new UserError(
          UserError.MACHINE,
          "the data folder %s cannot be made: name one with --data that you may write to"
              .formatted(path));
    }
  }

  /// `/var/lib/ordinal` for root, `~/.ordinal` for everybody else.
  public static Path defaultPath() {
    return real(
        isRoot()
            ? Path.of("/var/lib/ordinal")
            : Path.of(System.getProperty("user.home"), ".ordinal"));
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

  /// Where the console of that process answers, as a URL.
  private Path consoleFile() {
    return path.resolve("console.url");
  }

  /// Records where the console of this process answers, for other commands to say.
  public void consoleIsAt(String url) {
    PrivateFiles.replace(consoleFile(), url + "\n");
  }

  /// Where the console of the running cluster answers, as a URL; empty when it has none.
  public Optional<String> consoleUrl() {
    try {
      return runner().isPresent()
          ? Optional.of(Files.readString(consoleFile()).strip())
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Present while `down` wants the pods stopped too.
  public Path stopPodsFile() {
    return path.resolve("ordinal.stop-pods");
  }

  /// What later starts must not decide anew.
  public Path settingsFile() {
    return path.resolve("settings");
  }

  /// The process that runs this cluster; empty when none does. It is told by its start in clock
  /// ticks since boot: the wall clock, and with it the start time that the JDK shows, may be set.
  public Optional<ProcessHandle> runner() {
    if (!Files.exists(runFile())) return Optional.empty();
    try {
      var words = Files.readString(runFile()).strip();
      return words.endsWith(" " + Kernel.bootId())
          ? ProcessStamp.parse(words).flatMap(ProcessStamp::handle)
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Records that this process runs the cluster. A wish to stop the pods that an earlier process
  /// did not live to fulfil is forgotten.
  public void runByMe() {
    var me =
        ProcessStamp.of(ProcessHandle.current().pid())
            .orElseThrow(() -> new IllegalStateException("/proc does not show this process"));
    try {
      Files.deleteIfExists(stopPodsFile());
      Files.deleteIfExists(consoleFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PrivateFiles.replace(runFile(), me + " " + Kernel.bootId() + "\n");
  }

  /// Forgets who runs the cluster.
  public void runByNobody() {
    try {
      Files.deleteIfExists(runFile());
      Files.deleteIfExists(stopPodsFile());
      Files.deleteIfExists(consoleFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
