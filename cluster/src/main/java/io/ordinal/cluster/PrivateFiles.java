package io.ordinal.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files and folders that only their owner may read.
public final class PrivateFiles {

  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFiles() {}

  /// Makes the folder and its parents where they are missing; those that it makes are 0700.
  public static Path folder(Path folder) {
    try {
      return Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a 0600 file and puts it in the place of `file` at once: a reader sees the old text or
  /// the new one.
  public static void replace(Path file, String text) {
    try {
      var fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_FILE));
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
