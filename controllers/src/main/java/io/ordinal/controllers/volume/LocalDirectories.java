package io.ordinal.controllers.volume;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/// Directories below one folder of this machine. Whatever containers left in a volume, links above
/// all, erasing never leaves the folder: it walks by open directories and follows no link.
public final class LocalDirectories implements VolumeDirectories {
  private final Path folder;

  /// `folder` is made when the first volume is.
  public LocalDirectories(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  @Override
  public String pathOf(String name) {
    return folder.resolve(VolumeNames.checked(name)).toString();
  }

  /// Everybody may write into it, as containers run as any user.
  @Override
  public void create(String name) throws IOException {
    Path directory = Path.of(pathOf(name));
    Files.createDirectories(folder);
    if (!Files.isDirectory(directory, NOFOLLOW_LINKS)) {
      Files.createDirectory(directory);
    }
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @Override
  public void erase(String name) throws IOException {
    Path own = Path.of(VolumeNames.checked(name));
    if (!Files.isDirectory(folder.resolve(own), NOFOLLOW_LINKS)) {
      return;
    }
    try (var entries = Files.newDirectoryStream(folder)) {
      if (!(entries instanceof SecureDirectoryStream<Path> parent)) {
        throw new IOException("this system cannot walk directories safely: " + folder);
      }
      try (var directory = parent.newDirectoryStream(own, NOFOLLOW_LINKS)) {
        empty(directory);
      }
      parent.deleteDirectory(own);
    }
  }

  private static void empty(SecureDirectoryStream<Path> directory) throws IOException {
    for (Path entry : directory) {
      Path name = entry.getFileName();
      try {
        remove(directory, name);
      } catch (NoSuchFileException alreadyGone) {
        // What is gone need not be removed.
      }
    }
  }

  private static void remove(SecureDirectoryStream<Path> directory, Path name) throws IOException {
    var attributes =
        directory
            .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
            .readAttributes();
    if (!attributes.isDirectory()) {
      directory.deleteFile(name);
      return;
    }
    try (var inner = directory.newDirectoryStream(name, NOFOLLOW_LINKS)) {
      empty(inner);
    }
    directory.deleteDirectory(name);
  }
}
