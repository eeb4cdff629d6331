package io.ordinal.node.logs;

import io.ordinal.node.runtime.ContainerRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// Keeps logs small: at 10 MiB a log is renamed and begun anew; of the old ones the newest four
/// stay, all but the newest packed (contract M13).
public final class LogRotation {
  private static final long LARGEST = 10L << 20;
  private static final int KEPT = 4;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final ContainerRuntime runtime;
  private final InstantSource clock;

  /// Tells the runtime when a log was renamed.
  public LogRotation(ContainerRuntime runtime, InstantSource clock) {
    this.runtime = runtime;
    this.clock = clock;
  }

  /// Looks after the log of one running container.
  public void look(Path log, String containerId) throws IOException {
    if (!Files.exists(log) || Files.size(log) < LARGEST) {
      return;
    }
    var old = log.resolveSibling(log.getFileName() + "." + NAME.format(clock.instant()));
    Files.move(log, old, StandardCopyOption.ATOMIC_MOVE);
    runtime.reopenLog(containerId);
    var others = rotated(log);
    for (int i = 0; i < others.size(); i++) {
      if (i >= KEPT) {
        Files.delete(others.get(i));
      } else if (i > 0 && !others.get(i).toString().endsWith(".gz")) {
        pack(others.get(i));
      }
    }
  }

  /// Newest first.
  private static List<Path> rotated(Path log) throws IOException {
    var prefix = log.getFileName() + ".";
    try (var files = Files.list(log.getParent())) {
      return files
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .sorted(Comparator.comparing((Path path) -> path.getFileName().toString()).reversed())
          .toList();
    }
  }

  private static void pack(Path file) throws IOException {
    var unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    try (var out = new GZIPOutputStream(Files.newOutputStream(unfinished))) {
      Files.copy(file, out);
    }
    Files.move(unfinished, file.resolveSibling(file.getFileName() + ".gz"));
    Files.delete(file);
  }
}
