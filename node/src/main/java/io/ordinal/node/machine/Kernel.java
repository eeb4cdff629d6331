package io.ordinal.node.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the running kernel says about itself, this process and its mounts.
public final class Kernel {
  private static final int CAP_SYS_RESOURCE = 24;

  private Kernel() {}

  /// Changes with every boot.
  public static String bootId() {
    return read(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }

  /// Whether this process may lower `oom_score_adj`; without it containerd must be told to restrict
  /// itself.
  public static boolean mayLowerOomScore() {
    return hasCapability(read(Path.of("/proc/self/status")), CAP_SYS_RESOURCE);
  }

  /// Whether this process runs as root.
  public static boolean isRoot() {
    return read(Path.of("/proc/self/status"))
        .lines()
        .anyMatch(line -> line.startsWith("Uid:") && line.split("\t", -1)[2].equals("0"));
  }

  static boolean hasCapability(String status, int capability) {
    return status
        .lines()
        .filter(line -> line.startsWith("CapEff:"))
        .anyMatch(line ->
            ((Long.parseUnsignedLong(line.substring(7).strip(), 16) >>> capability) & 1) == 1);
  }

  /// Mount points at or below a folder, the deepest first: the order in which they can be
  /// unmounted.
  public static List<Path> mountsBelow(Path folder) {
    var found = new ArrayList<Path>();
    for (var line : read(Path.of("/proc/self/mountinfo")).lines().toList()) {
      var point = Path.of(unescape(line.split(" ", -1)[4]));
      if (point.startsWith(folder)) {
        found.add(point);
      }
    }
    return found.reversed();
  }

  /// Where the cgroup hierarchies are mounted: one for v2, one per controller for v1.
  public static List<Path> cgroupHierarchies() {
    return read(Path.of("/proc/self/mountinfo"))
        .lines()
        .filter(line -> line.contains(" - cgroup ") || line.contains(" - cgroup2 "))
        .map(line -> Path.of(unescape(line.split(" ", -1)[4])))
        .toList();
  }

  /// The kernel writes blanks and backslashes in paths as octal.
  private static String unescape(String path) {
    return path.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
