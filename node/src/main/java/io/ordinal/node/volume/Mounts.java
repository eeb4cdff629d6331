package io.ordinal.node.volume;

import io.ordinal.node.machine.Command;
import io.ordinal.node.machine.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The kernel's mounts. Each costs a child process, so only what needs one gets one.
final class Mounts {
  private static final Path TABLE = Path.of("/proc/self/mountinfo");

  private Mounts() {}

  /// Mounts memory at a place, unless it is there already; whether it was mounted now.
  static boolean tmpfs(Path at, String options) throws IOException {
    Files.createDirectories(at);
    if (isMounted(at)) {
      return false;
    }
    run("mount", "-t", "tmpfs", "-o", options, "tmpfs", at.toString());
    return true;
  }

  static void bind(Path from, Path to) throws IOException {
    run("mount", "--bind", from.toString(), to.toString());
  }

  static void nfs(String source, Path at, List<String> options) throws IOException {
    Files.createDirectories(at);
    if (!isMounted(at)) {
      var words = new ArrayList<>(List.of("mount", "-t", "nfs"));
      if (!options.isEmpty()) words.addAll(List.of("-o", String.join(",", options)));
      words.addAll(List.of(source, at.toString()));
      run(words.toArray(String[]::new));
    }
  }

  static boolean isMounted(Path at) throws IOException {
    return below(at).contains(at);
  }

  /// Mount points at or below a folder, the deepest first.
  static List<Path> below(Path folder) throws IOException {
    return Files.readAllLines(TABLE).stream()
        .map(line -> Path.of(unescaped(line.split(" ", 6)[4])))
        .filter(point -> point.startsWith(folder))
        .sorted(Comparator.comparingInt(Path::getNameCount).reversed())
        .toList();
  }

  private static String unescaped(String point) {
    return point.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
  }

  /// Unmounts everything below a folder and then removes it; nothing behind a mount that stays is
  /// touched.
  static void removeTree(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    unmountBelow(folder);
    Folders.delete(folder);
  }

  static void unmountBelow(Path folder) throws IOException {
    for (var point : below(folder.toRealPath())) {
      run("umount", point.toString());
    }
  }

  private static void run(String... words) throws IOException {
    Command.of(words).must("");
  }
}
