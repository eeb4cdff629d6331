package io.ordinal.node.host;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.node.pod.Qos;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The cgroups above a pod's containers: `<root>/kubepods[/burstable|/besteffort]/pod<uid>`
/// (contract M12).
///
/// On a cgroup v1 (or hybrid) machine the pod's cgroup is made in each controller's hierarchy that
/// has one. What the machine does not let us write is left as it is: the runtime makes the folders
/// that are missing.
public final class Cgroups {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final List<String> V1 =
      List.of(
          "cpu",
          "memory",
          "pids",
          "cpuset",
          "blkio",
          "devices",
          "freezer",
          "systemd",
          "cpuacct",
          "hugetlb",
          "perf_event",
          "net_cls",
          "net_prio",
          "rdma",
          "misc",
          "unified");

  private final Path mounted;
  private final String base;

  /// Below `base`, such as `/ordinal-1a2b/node-1`; `""` makes none.
  public Cgroups(String base) {
    this(ROOT, base);
  }

  Cgroups(Path mounted, String base) {
    this.mounted = mounted;
    this.base = base;
  }

  /// Whether the machine has the unified hierarchy alone.
  public boolean isVersion2() {
    return Files.exists(mounted.resolve("cgroup.controllers"));
  }

  /// The path of a pod's cgroup, `""` when none is made.
  public String of(Pod pod) {
    return base.isEmpty() ? "" : parent(Qos.of(pod)) + "/pod" + pod.getMetadata().getUid();
  }

  private String parent(Qos qos) {
    return base
        + switch (qos) {
          case Guaranteed -> "/kubepods";
          case Burstable -> "/kubepods/burstable";
          case BestEffort -> "/kubepods/besteffort";
        };
  }

  /// Makes a pod's cgroup with the sums of its containers' resources.
  void make(Pod pod) {
    if (base.isEmpty()) {
      return;
    }
    var containers = pod.getSpec().getContainers();
    long request =
        containers.stream().mapToLong(c -> LinuxResources.milli(LinuxResources.requests(c))).sum();
    boolean allLimitedCpu = containers.stream().allMatch(c -> limitedCpu(c) > 0);
    boolean allLimitedMemory = containers.stream().allMatch(c -> limitedMemory(c) > 0);
    long cpu = allLimitedCpu ? containers.stream().mapToLong(Cgroups::limitedCpu).sum() : 0;
    long memory =
        allLimitedMemory ? containers.stream().mapToLong(Cgroups::limitedMemory).sum() : 0;
    if (isVersion2()) {
      version2(of(pod), request, cpu, memory);
    } else {
      version1(of(pod), request, cpu, memory);
    }
  }

  private static long limitedCpu(Container container) {
    return LinuxResources.milli(LinuxResources.limits(container));
  }

  private static long limitedMemory(Container container) {
    return LinuxResources.bytes(LinuxResources.limits(container));
  }

  private void version1(String path, long request, long cpu, long memory) {
    var cpuFolder = folder(mounted.resolve("cpu"), path);
    write(cpuFolder.resolve("cpu.shares"), LinuxResources.shares(request));
    if (cpu > 0) write(cpuFolder.resolve("cpu.cfs_quota_us"), LinuxResources.quota(cpu));
    if (memory > 0) {
      write(folder(mounted.resolve("memory"), path).resolve("memory.limit_in_bytes"), memory);
    }
  }

  private void version2(String path, long request, long cpu, long memory) {
    var folder = folder(mounted, path);
    for (var up = folder.getParent(); up != null && up.startsWith(mounted); up = up.getParent()) {
      write(up.resolve("cgroup.subtree_control"), "+cpu +memory +pids +cpuset +io");
    }
    write(folder.resolve("cpu.weight"), 1 + (LinuxResources.shares(request) - 2) * 9999 / 262_142);
    if (cpu > 0)
      write(folder.resolve("cpu.max"), LinuxResources.quota(cpu) + " " + LinuxResources.PERIOD);
    if (memory > 0) write(folder.resolve("memory.max"), memory);
  }

  private static Path folder(Path hierarchy, String path) {
    var folder = hierarchy.resolve(path.substring(1));
    try {
      if (Files.isDirectory(hierarchy)) Files.createDirectories(folder);
    } catch (IOException e) {
      // the runtime makes it, or says why it cannot
    }
    return folder;
  }

  private static void write(Path file, Object value) {
    try {
      if (Files.exists(file)) Files.writeString(file, value.toString());
    } catch (IOException e) {
      // a controller that this machine does not delegate
    }
  }

  /// Removes a pod's cgroups in every hierarchy; those in use stay.
  void remove(String uid) {
    if (base.isEmpty()) {
      return;
    }
    for (var qos : Qos.values()) {
      var path = parent(qos).substring(1) + "/pod" + uid;
      Stream.concat(Stream.of(mounted), V1.stream().map(mounted::resolve))
          .map(hierarchy -> hierarchy.resolve(path))
          .filter(Files::isDirectory)
          .forEach(Cgroups::removeTree);
    }
  }

  /// A cgroup is removed like an empty folder, whatever files the kernel shows in it.
  private static void removeTree(Path folder) {
    try (var children = Files.list(folder)) {
      children.filter(Files::isDirectory).toList().forEach(Cgroups::removeTree);
      Files.delete(folder);
    } catch (DirectoryNotEmptyException e) {
      // a process still ends in it; the next clean-up finds it empty
    } catch (IOException e) {
      // busy or gone
    }
  }
}
