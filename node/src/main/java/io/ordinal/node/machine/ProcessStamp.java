package io.ordinal.node.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// One process for ever: its id together with its start time, since ids are used again.
///
/// @param pid its id
/// @param startTicks clock ticks between boot and its start, field 22 of `/proc/PID/stat`
public record ProcessStamp(long pid, long startTicks) {

  /// The process that now has this id, if there is one and it is no zombie.
  public static Optional<ProcessStamp> of(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return fields[0].equals("Z")
          ? Optional.empty()
          : Optional.of(new ProcessStamp(pid, Long.parseLong(fields[19])));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Reads what [#toString] wrote.
  public static Optional<ProcessStamp> parse(String text) {
    var parts = text.strip().split(" ", -1);
    try {
      return parts.length < 2
          ? Optional.empty()
          : Optional.of(new ProcessStamp(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// Whether this very process still runs.
  public boolean alive() {
    return of(pid).map(this::equals).orElse(false);
  }

  /// Handle for signals and for waiting; empty once it ended.
  public Optional<ProcessHandle> handle() {
    return alive() ? ProcessHandle.of(pid) : Optional.empty();
  }

  @Override
  public String toString() {
    return pid + " " + startTicks;
  }
}
