package io.ordinal.node.runtime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a container is to be made.
///
/// @param attempt the restart count
/// @param imageId what the image reference resolved to
/// @param image as the user wrote it
/// @param logPath relative to the sandbox's log directory
public record ContainerConfig(
    String name,
    int attempt,
    String imageId,
    String image,
    Command command,
    List<Mount> mounts,
    List<Device> devices,
    Map<String, String> labels,
    Map<String, String> annotations,
    String logPath,
    Resources resources,
    Security security) {

  /// What runs in it.
  public record Command(
      List<String> entrypoint,
      List<String> args,
      String workingDir,
      List<Env> env,
      boolean stdin,
      boolean stdinOnce,
      boolean tty) {}

  /// One environment variable.
  public record Env(String name, String value) {}

  /// A file or folder of the machine that the container sees.
  public record Mount(
      String containerPath, String hostPath, boolean readOnly, Propagation propagation) {}

  /// Whether mounts made on one side appear on the other.
  public enum Propagation {
    /// Never.
    PRIVATE,
    /// The machine's appear in the container.
    HOST_TO_CONTAINER,
    /// Both ways.
    BIDIRECTIONAL
  }

  /// A device of the machine.
  public record Device(String containerPath, String hostPath, String permissions) {}

  /// Rights of the container; null ids mean "not said".
  public record Security(
      Namespaces namespaces,
      @Nullable Long runAsUser,
      @Nullable Long runAsGroup,
      String runAsUserName,
      List<Long> supplementalGroups,
      List<String> addCapabilities,
      List<String> dropCapabilities,
      boolean privileged,
      boolean readOnlyRoot,
      boolean noNewPrivileges,
      boolean unmaskedProc,
      Seccomp seccomp) {}
}
