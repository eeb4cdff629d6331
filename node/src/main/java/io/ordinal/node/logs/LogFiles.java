package io.ordinal.node.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where logs lie: `<pod's folder>/<container>/<restart count>.log`.
public final class LogFiles {
  private LogFiles() {}

  /// The log of one run of a container.
  public static Path file(Path podFolder, String container, int attempt) {
    return podFolder.resolve(container).resolve(attempt + ".log");
  }

  /// Deletes the log of one run, and what was rotated out of it.
  public static void delete(Path podFolder, String container, int attempt) throws IOException {
    var folder = podFolder.resolve(container);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.newDirectoryStream(folder, attempt + ".log*")) {
      for (var file : files) Files.deleteIfExists(file);
    }
  }

  /// The last lines, as the container wrote them.
  public static List<String> lastLines(Path file, int most) throws IOException {
    try (var tail = new LogTail(file, most)) {
      var bytes = new ByteArrayOutputStream();
      for (var line = tail.next(); line != null; line = tail.next()) {
        bytes.writeBytes(line.content());
      }
      return bytes.toString(StandardCharsets.UTF_8).lines().map(l -> l + "\n").toList();
    }
  }
}
