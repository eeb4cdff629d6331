package io.ordinal.node.facts;

import io.ordinal.node.NodeConfig;
import io.ordinal.node.runtime.PodIdentity;
import java.nio.file.Path;

/// Where a node keeps what belongs to a pod. The layout below `pods/<uid>` is a kubelet's.
public record PodFolders(NodeConfig config) {

  /// All of a pod's.
  public Path pod(String uid) {
    return config.folder().resolve("pods").resolve(uid);
  }

  /// A volume of a kind such as `empty-dir`.
  public Path volume(String uid, String kind, String name) {
    return pod(uid).resolve("volumes").resolve("kubernetes.io~" + kind).resolve(name);
  }

  /// What is bound into containers below a volume.
  public Path subPaths(String uid) {
    return pod(uid).resolve("volume-subpaths");
  }

  /// The node's folder in memory: secrets and tokens never touch a disk.
  public Path memory() {
    return config.folder().resolve("memory");
  }

  /// A volume in memory.
  public Path secret(String uid, String kind, String name) {
    return memory().resolve(uid).resolve(kind).resolve(name);
  }

  /// The pod's /etc/hosts.
  public Path etcHosts(String uid) {
    return pod(uid).resolve("etc-hosts");
  }

  /// Where a container writes its last words.
  public Path terminationLog(String uid, String container, int attempt) {
    return pod(uid).resolve("containers").resolve(container).resolve(attempt + ".termination-log");
  }

  /// The pod's logs.
  public Path logs(PodIdentity pod) {
    return config.logs().resolve(pod.namespace() + "_" + pod.name() + "_" + pod.uid());
  }
}
