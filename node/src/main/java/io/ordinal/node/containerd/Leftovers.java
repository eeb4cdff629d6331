package io.ordinal.node.containerd;

import io.ordinal.node.machine.Command;
import io.ordinal.node.machine.Footprint;
import io.ordinal.node.machine.Kernel;
import io.ordinal.node.machine.ProcessStamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a data folder's containers leave on the machine when nobody stopped them in order:
/// processes, shims, mounts and cgroups. All of it is found through the [Footprint]; nothing else
/// is touched.
public final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Footprint footprint;

  public Leftovers(Footprint footprint) {
    this.footprint = footprint;
  }

  /// Kills what still runs in our cgroups, then our shims, then unmounts and removes the rest.
  /// containerd has been stopped before. Doing it twice does no harm.
  public void remove() throws IOException {
    killAll(this::processesInCgroups);
    killAll(this::shims);
    unmount();
    cgroups().sorted(Comparator.reverseOrder()).forEach(Leftovers::deleteQuietly);
    Files.deleteIfExists(footprint.containerdFolder().resolve("process"));
    Files.deleteIfExists(footprint.containerdSocket());
    Files.deleteIfExists(Path.of(footprint.containerdSocket() + ".ttrpc"));
  }

  /// Whether a container of this data folder, or a shim that holds one, still runs.
  public boolean areAlive() {
    return !processesInCgroups().isEmpty() || !shims().isEmpty();
  }

  /// Processes that run in a cgroup of this data folder.
  List<Long> processesInCgroups() {
    return cgroups().flatMap(Leftovers::processesOf).distinct().toList();
  }

  private static Stream<Long> processesOf(Path cgroup) {
    try {
      return Files.readAllLines(cgroup.resolve("cgroup.procs")).stream()
          .map(Long::valueOf)
          .filter(pid -> pid > 0);
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private Stream<Path> cgroups() {
    return Kernel.cgroupHierarchies().stream()
        .map(hierarchy -> hierarchy.resolve(footprint.cgroup().substring(1)))
        .filter(Files::isDirectory)
        .flatMap(Leftovers::foldersIn);
  }

  private static Stream<Path> foldersIn(Path top) {
    try (var all = Files.walk(top)) {
      return all.filter(Files::isDirectory).toList().stream();
    } catch (IOException | UncheckedIOException e) {
      return Stream.empty();
    }
  }

  /// Shims carry the address of their containerd in their command line.
  List<Long> shims() {
    var socket = footprint.containerdSocket().toString();
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      return Stream.iterate(processes.iterator(), java.util.Iterator::hasNext, i -> i)
          .map(java.util.Iterator::next)
          .filter(process -> isShimOf(process, socket))
          .map(process -> Long.valueOf(process.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isShimOf(Path process, String socket) {
    try {
      var words = List.of(Files.readString(process.resolve("cmdline")).split("\0", -1));
      return words.getFirst().contains("containerd-shim") && words.contains(socket);
    } catch (IOException e) {
      return false;
    }
  }

  private void killAll(java.util.function.Supplier<List<Long>> find) {
    var end = System.nanoTime() + LONGEST.toNanos();
    try {
      while (System.nanoTime() < end) {
        var stamps = find.get().stream().flatMap(pid -> ProcessStamp.of(pid).stream()).toList();
        if (stamps.isEmpty()) {
          return;
        }
        stamps.forEach(stamp -> stamp.handle().ifPresent(ProcessHandle::destroyForcibly));
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOG.warn("some processes of {} could not be killed: {}", footprint.dataFolder(), find.get());
  }

  private void unmount() throws IOException {
    var mounts = Kernel.mountsBelow(footprint.containerdFolder());
    if (!mounts.isEmpty()) {
      var words = Stream.concat(Stream.of("umount", "-l"), mounts.stream().map(Path::toString));
      Command.of(words.collect(Collectors.toList())).must("");
    }
  }

  private static void deleteQuietly(Path cgroup) {
    try {
      Files.deleteIfExists(cgroup);
    } catch (IOException e) {
      LOG.debug("cgroup {} stays: {}", cgroup, e.getMessage());
    }
  }
}
