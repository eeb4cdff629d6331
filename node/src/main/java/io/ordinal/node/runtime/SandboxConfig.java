package io.ordinal.node.runtime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a pod's sandbox is to be made.
///
/// @param attempt how often a sandbox was made for this pod before
/// @param handler the runtime handler, `""` for the runtime's own choice
/// @param cgroupParent the pod's cgroup, `""` for none
public record SandboxConfig(
    PodIdentity pod,
    int attempt,
    String hostname,
    String logDirectory,
    Dns dns,
    List<PortMapping> ports,
    Map<String, String> labels,
    Map<String, String> annotations,
    String cgroupParent,
    Security security,
    Map<String, String> sysctls,
    String handler) {

  /// The lines of resolv.conf.
  public record Dns(List<String> servers, List<String> searches, List<String> options) {
    /// Nothing to say: the runtime takes the machine's.
    public static final Dns NONE = new Dns(List.of(), List.of(), List.of());
  }

  /// A port of the machine that leads to the pod.
  public record PortMapping(String protocol, int containerPort, int hostPort, String hostIp) {}

  /// Rights and namespaces of the sandbox; null ids mean "not said".
  public record Security(
      Namespaces namespaces,
      boolean privileged,
      List<Long> supplementalGroups,
      @Nullable Long runAsUser,
      @Nullable Long runAsGroup,
      Seccomp seccomp) {}
}
