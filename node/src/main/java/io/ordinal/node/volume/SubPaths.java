package io.ordinal.node.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A part of a volume, mounted without letting the volume's content lead anywhere else.
///
/// The container owns the volume and may replace any folder in it by a symbolic link at any moment.
/// So the path is walked step by step without following links, then bound to a place of ours, and
/// what was bound is compared with what was walked to.
final class SubPaths {
  private SubPaths() {}

  /// Binds `subPath` of a volume to a place, making it as a folder if it is missing, and returns
  /// the place.
  static Path bind(Path volume, String subPath, Path place) throws IOException {
    var root = volume.toRealPath();
    var wanted = root.resolve(subPath).normalize();
    if (!wanted.startsWith(root)) {
      throw new IOException("subPath \"" + subPath + "\" leads outside its volume");
    }
    make(root, root.relativize(wanted));
    var real = wanted.toRealPath();
    if (!real.startsWith(root)) {
      throw new IOException("subPath \"" + subPath + "\" leads outside its volume");
    }
    if (Mounts.isMounted(place)) {
      return place;
    }
    var key = keyOf(root, root.relativize(real));
    placeFor(real, place);
    Mounts.bind(real, place);
    if (!key.equals(fileKey(place))) {
      Mounts.removeTree(place);
      throw new IOException("subPath \"" + subPath + "\" changed while it was being mounted");
    }
    return place;
  }

  /// Missing folders get the mode of the one above; each step is made and then looked at without
  /// following links.
  private static void make(Path root, Path relative) throws IOException {
    var at = root;
    for (var part : relative) {
      if (part.toString().isEmpty()) continue;
      var next = at.resolve(part);
      if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
        var real = at.toRealPath();
        if (!real.startsWith(root)) throw new IOException("subPath leads outside its volume");
        Files.createDirectory(real.resolve(part));
        int mode = (int) Files.getAttribute(real, "unix:mode");
        Files.setAttribute(real.resolve(part), "unix:mode", mode & 07777);
      }
      at = next;
    }
  }

  /// The identity of what lies at a path, reached by opening one folder after the other without
  /// following links.
  private static Object keyOf(Path root, Path relative) throws IOException {
    if (relative.toString().isEmpty()) {
      return fileKey(root);
    }
    try (var stream = Files.newDirectoryStream(root)) {
      if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
        throw new IOException("this machine cannot open folders safely");
      }
      return keyWithin(secure, relative);
    }
  }

  private static Object keyWithin(SecureDirectoryStream<Path> folder, Path relative)
      throws IOException {
    if (relative.getNameCount() == 1) {
      var view =
          folder.getFileAttributeView(
              relative, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      return key(view.readAttributes().fileKey());
    }
    try (var next = folder.newDirectoryStream(relative.getName(0), LinkOption.NOFOLLOW_LINKS)) {
      return keyWithin(next, relative.subpath(1, relative.getNameCount()));
    }
  }

  private static Object fileKey(Path path) throws IOException {
    return key(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  private static Object key(@Nullable Object key) throws IOException {
    if (key == null) throw new IOException("this file system does not tell files apart");
    return key;
  }

  private static void placeFor(Path real, Path place) throws IOException {
    Files.createDirectories(place.getParent());
    if (Files.isDirectory(real)) {
      Files.createDirectories(place);
    } else if (!Files.exists(place)) {
      Files.createFile(place);
    }
  }
}
