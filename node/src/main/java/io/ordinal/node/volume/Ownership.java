package io.ordinal.node.volume;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A volume that belongs to the pod's fsGroup: its group owns and may write everything, new files
/// inherit it.
final class Ownership {
  private static final int GROUP_ID = 02000;
  private static final int FOLDER = GROUP_ID | 0770;
  private static final int FILE = 0660;

  private Ownership() {}

  /// Gives all of a volume to a group; with `onlyIfRootDiffers` not if its top says that it is done
  /// already.
  static void give(Path volume, long group, boolean onlyIfRootDiffers) throws IOException {
    if (onlyIfRootDiffers && fits(volume, group)) {
      return;
    }
    Files.walkFileTree(
        volume,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            give(file, group, attributes.isSymbolicLink() ? 0 : FILE);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            if (e != null) throw e;
            give(folder, group, FOLDER);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static boolean fits(Path volume, long group) throws IOException {
    return (int) Files.getAttribute(volume, "unix:gid") == group
        && ((int) Files.getAttribute(volume, "unix:mode") & FOLDER) == FOLDER;
  }

  private static void give(Path path, long group, int bits) throws IOException {
    Files.setAttribute(path, "unix:gid", (int) group, LinkOption.NOFOLLOW_LINKS);
    if (bits != 0) {
      int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:mode", (mode & 07777) | bits);
    }
  }
}
