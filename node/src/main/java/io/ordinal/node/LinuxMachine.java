package io.ordinal.node;

import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.fabric8.kubernetes.api.model.NodeSystemInfoBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// This machine, as the kernel describes it.
public final class LinuxMachine implements Machine {
  private static final long MEMORY_NEEDED = 100L << 20;
  private static final double DISK_NEEDED = 0.10;
  private static final int PODS = 110;

  private final Path folder;

  /// The disk is that of the folder.
  public LinuxMachine(Path folder) {
    this.folder = folder;
  }

  @Override
  public NodeConfig.Size size() {
    try {
      return new NodeConfig.Size(
          Runtime.getRuntime().availableProcessors() * 1000L,
          memory().getOrDefault("MemTotal", 0L),
          Files.getFileStore(folder).getTotalSpace(),
          PODS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public NodeSystemInfo info() {
    var arch = System.getProperty("os.arch", "");
    return new NodeSystemInfoBuilder()
        .withMachineID(line("/etc/machine-id"))
        .withSystemUUID(line("/sys/class/dmi/id/product_uuid"))
        .withBootID(line("/proc/sys/kernel/random/boot_id"))
        .withKernelVersion(line("/proc/sys/kernel/osrelease"))
        .withOsImage(osImage())
        .withOperatingSystem("linux")
        .withArchitecture(arch.equals("aarch64") ? "arm64" : arch.equals("x86_64") ? "amd64" : arch)
        .build();
  }

  @Override
  public Pressure pressure() {
    try {
      var disk = Files.getFileStore(folder);
      return new Pressure(
          memory().getOrDefault("MemAvailable", Long.MAX_VALUE) < MEMORY_NEEDED,
          disk.getUsableSpace() < disk.getTotalSpace() * DISK_NEEDED,
          false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// /proc/meminfo in bytes.
  private static Map<String, Long> memory() throws IOException {
    var values = new HashMap<String, Long>();
    for (var line : Files.readAllLines(Path.of("/proc/meminfo"))) {
      var words = line.split("[: ]+", -1);
      if (words.length >= 3) values.put(words[0], Long.parseLong(words[1]) << 10);
    }
    return values;
  }

  private static String osImage() {
    try {
      return Files.readAllLines(Path.of("/etc/os-release")).stream()
          .filter(line -> line.startsWith("PRETTY_NAME="))
          .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
          .findFirst()
          .orElse("Linux");
    } catch (IOException e) {
      return "Linux";
    }
  }

  /// The file's only line; machines that lack it have nothing to say.
  private static String line(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
