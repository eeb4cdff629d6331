package io.ordinal.node.containerd;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A log that another process appends to and cannot be told to reopen. When it has grown beyond its
/// cap its content becomes the log before (`NAME.1`, replacing the older one), and it begins anew:
/// a file opened for appending goes on at its new end.
final class CappedLog {
  private final Path file;
  private final long cap;

  /// @param cap in bytes
  CappedLog(Path file, long cap) {
    this.file = file;
    this.cap = cap;
  }

  /// Cuts the log if it is too long. What is written between the copy and the cut is lost.
  void look() throws IOException {
    if (!Files.exists(file) || Files.size(file) <= cap) {
      return;
    }
    Files.copy(
        file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
  }
}
