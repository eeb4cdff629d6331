package io.ordinal.node.containerd;

import io.ordinal.node.machine.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Which containerd the machine has. Asking costs tens of milliseconds, so the answer is kept in a
/// file for as long as the program file stays the same.
record ContainerdVersion(int major, int minor) {
  private static final Pattern NUMBERS = Pattern.compile("\\bv?(\\d+)\\.(\\d+)\\.\\d+");

  static ContainerdVersion of(Path program, Path memory) throws IOException {
    var key = program + " " + Files.size(program) + " " + Files.getLastModifiedTime(program) + "\n";
    var known = Files.exists(memory) ? Files.readString(memory) : "";
    if (known.startsWith(key)) {
      return parse(known.substring(key.length()));
    }
    var said = Command.of(program.toString(), "--version").must("");
    Files.writeString(memory, key + said);
    return parse(said);
  }

  /// Reads `containerd github.com/containerd/containerd 1.6.20~ds1 1.6.20~ds1-1`.
  static ContainerdVersion parse(String said) throws IOException {
    var numbers = NUMBERS.matcher(said);
    if (!numbers.find()) {
      throw new IOException("containerd does not tell its version: " + said.strip());
    }
    return new ContainerdVersion(
        Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)));
  }
}
