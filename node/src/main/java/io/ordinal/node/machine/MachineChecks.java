package io.ordinal.node.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a machine must have to run real containers, each with the command that mends it on Debian
/// and Ubuntu. Features of the kernel are found out by using them, in namespaces that end with the
/// trial: many kernels have no list of them.
public final class MachineChecks {
  private final Probe probe;

  private MachineChecks(Probe probe) {
    this.probe = probe;
  }

  /// Everything, as it is now.
  public static List<Finding> run() {
    return run(new RealProbe());
  }

  static List<Finding> run(Probe probe) {
    return new MachineChecks(probe).all();
  }

  /// How a machine is asked.
  interface Probe {
    boolean isRoot();

    Optional<Path> find(String program);

    boolean exists(Path path);

    /// Whether a shell script ends well in mount and network namespaces of its own.
    boolean works(String script);
  }

  private List<Finding> all() {
    var found = new ArrayList<Finding>();
    found.add(new Finding(probe.isRoot(), "root rights", "run it as root, or with sudo"));
    found.add(program("containerd", "containerd"));
    found.add(program("ctr", "containerd"));
    found.add(program("runc", "runc"));
    found.add(cniPlugins());
    found.add(program("nft", "nftables"));
    found.add(program("ip", "iproute2"));
    found.add(program("mount", "mount"));
    found.add(program("setsid", "util-linux"));
    found.add(program("busybox", "busybox-static"));
    found.add(
        new Finding(
            probe.exists(Path.of("/sys/fs/cgroup")),
            "cgroups",
            "mount -t cgroup2 cgroup2 /sys/fs/cgroup"));
    if (probe.isRoot()) {
      found.addAll(kernel());
    }
    return found.stream()
        .map(each -> each.ok() ? new Finding(true, each.what(), "") : each)
        .toList();
  }

  private Finding program(String name, String debianPackage) {
    return new Finding(probe.find(name).isPresent(), name, install(debianPackage));
  }

  private Finding cniPlugins() {
    var there =
        List.of("/usr/lib/cni", "/opt/cni/bin").stream()
            .map(Path::of)
            .anyMatch(folder ->
                List.of("bridge", "host-local", "loopback").stream()
                    .allMatch(plugin -> probe.exists(folder.resolve(plugin))));
    return new Finding(there, "CNI plugins", install("containernetworking-plugins"));
  }

  private static String install(String debianPackage) {
    return "apt-get install " + debianPackage;
  }

  private List<Finding> kernel() {
    return List.of(
        new Finding(
            probe.works(
                "ip link add name trial type bridge nf_call_iptables 1 && ip link add a type veth peer name b"),
            "kernel: bridges that nftables sees, veth",
            "modprobe br_netfilter veth; where the kernel has no such modules, use one that has them"),
        new Finding(
            probe.works("nft -f - <<'RULES'\n" + RULES + "RULES\n"),
            "kernel: nftables with NAT",
            "modprobe nf_tables nft_chain_nat nft_masq nft_fib_ipv4 nft_numgen; where the kernel has no such modules, use"
                + " one that has them"),
        new Finding(
            probe.works(
                "mkdir /tmp/l /tmp/u /tmp/w /tmp/m && mount -t overlay o -o lowerdir=/tmp/l,upperdir=/tmp/u,workdir=/tmp/w /tmp/m"),
            "kernel: overlays",
            "modprobe overlay; without it every container gets a whole copy of its image"));
  }

  /// One of each kind of rule that the service proxy uses.
  private static final String RULES =
      """
      table ip trial {
        map places { type ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service; }
        set clients { type ipv4_addr; flags dynamic,timeout; timeout 10s; }
        chain pick {
          update @clients { ip saddr }
          fib saddr type local meta mark set meta mark or 0x4000
          meta l4proto tcp dnat ip to numgen random mod 2 map { 0 : 10.0.0.1 . 80, 1 : 10.0.0.2 . 80 }
        }
        chain to { type nat hook prerouting priority -100; dnat ip to ip daddr . meta l4proto . th dport map @places; jump pick; }
        chain from { type nat hook postrouting priority 100; masquerade; }
        chain through { type filter hook forward priority 0; meta l4proto tcp reject with tcp reset; reject; }
      }
      """;

  private static final class RealProbe implements Probe {
    @Override
    public boolean isRoot() {
      return Kernel.isRoot();
    }

    @Override
    public Optional<Path> find(String program) {
      return Command.find(program);
    }

    @Override
    public boolean exists(Path path) {
      return Files.exists(path);
    }

    @Override
    public boolean works(String script) {
      try {
        var inside = "mount -t tmpfs tmpfs /tmp && " + script;
        return Command.of("unshare", "--net", "--mount", "sh", "-c", inside).run().exit() == 0;
      } catch (IOException e) {
        return false;
      }
    }
  }
}
