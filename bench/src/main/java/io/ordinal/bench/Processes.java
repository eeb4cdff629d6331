package io.ordinal.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/// What `/proc` says about processes.
final class Processes {

  private static final long TICKS_PER_SECOND = 100;

  private Processes() {}

  /// How much CPU a process has used, in user and kernel mode; nothing when it is gone.
  static Duration cpu(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      var ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      return Duration.ofNanos(ticks * (1_000_000_000L / TICKS_PER_SECOND));
    } catch (IOException _) {
      return Duration.ZERO; // it has ended
    }
  }

  /// The resident memory of a process in MB; nothing when it is gone.
  static double residentMegabytes(long pid) {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .sum();
    } catch (IOException _) {
      return 0; // it has ended
    }
  }

  /// The processes whose command line names a text: Ordinal's JVM and its containerd name their
  /// data folder.
  static Stream<ProcessHandle> naming(String text) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> commandLine(process.pid()).contains(text));
  }

  static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
    } catch (IOException _) {
      return ""; // it has ended
    }
  }
}
