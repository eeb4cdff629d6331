package io.ordinal.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a node is called, where its files lie and what it may use.
///
/// @param name the Node object's name
/// @param address the node's own address, for status.addresses and hostIP
/// @param folder pods' directories and the agent's own notes; kept over restarts
/// @param logs pods' logs, one folder per pod, as `/var/log/pods` on other machines
/// @param cgroup the cgroup below which pods get theirs, such as `/ordinal-1a2b/node-1`; `""` makes
///   none
/// @param labels further labels of the Node object
/// @param size what the node offers; empty = what the machine has
public record NodeConfig(
    String name,
    String address,
    Path folder,
    Path logs,
    ClusterDns dns,
    String cgroup,
    Map<String, String> labels,
    Optional<Size> size) {

  /// How names are resolved in the cluster; no servers means that there is no cluster DNS.
  public record ClusterDns(String domain, List<String> servers) {}

  /// What a node offers to pods.
  public record Size(long milliCpu, long memoryBytes, long diskBytes, int pods) {}

  /// A simulated node: it has no files and no cgroups, and offers plenty.
  public static NodeConfig simulated(String name, String address, Path folder) {
    return new NodeConfig(
        name,
        address,
        folder,
        folder.resolve("logs"),
        new ClusterDns("cluster.local", List.of()),
        "",
        Map.of(),
        Optional.of(new Size(64_000, 256L << 30, 1L << 40, 110)));
  }
}
