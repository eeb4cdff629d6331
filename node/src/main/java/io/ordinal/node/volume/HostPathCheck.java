package io.ordinal.node.volume;

import io.ordinal.node.facts.PodTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// What a hostPath volume's type demands of the path (contract M7).
final class HostPathCheck {
  private static final int TYPE_BITS = 0170000;
  private static final int SOCKET = 0140000;
  private static final int CHAR_DEVICE = 0020000;
  private static final int BLOCK_DEVICE = 0060000;

  private HostPathCheck() {}

  static void check(Path path, String type) {
    try {
      switch (type) {
        case "" -> {}
        case "DirectoryOrCreate" -> {
          if (!Files.exists(path)) makeFolder(path);
          require(Files.isDirectory(path), path, "a directory");
        }
        case "Directory" -> require(Files.isDirectory(path), path, "a directory");
        case "FileOrCreate" -> {
          if (!Files.exists(path)) makeFile(path);
          require(Files.isRegularFile(path), path, "a file");
        }
        case "File" -> require(Files.isRegularFile(path), path, "a file");
        case "Socket" -> require(is(path, SOCKET), path, "a socket");
        case "CharDevice" -> require(is(path, CHAR_DEVICE), path, "a character device");
        case "BlockDevice" -> require(is(path, BLOCK_DEVICE), path, "a block device");
        default -> throw trouble(path, "has unknown type " + type);
      }
    } catch (IOException e) {
      throw trouble(path, e.toString());
    }
  }

  private static void makeFolder(Path path) throws IOException {
    Files.createDirectories(path);
    Files.setAttribute(path, "unix:mode", 0755);
  }

  private static void makeFile(Path path) throws IOException {
    Files.createFile(path);
    Files.setAttribute(path, "unix:mode", 0644);
  }

  private static boolean is(Path path, int type) throws IOException {
    return Files.exists(path) && ((int) Files.getAttribute(path, "unix:mode") & TYPE_BITS) == type;
  }

  private static void require(boolean condition, Path path, String what) {
    if (!condition) {
      throw trouble(
          path,
          Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? "is not " + what : "does not exist");
    }
  }

  private static PodTrouble trouble(Path path, String what) {
    return new PodTrouble("FailedMount", "hostPath type check failed: " + path + " " + what);
  }
}
