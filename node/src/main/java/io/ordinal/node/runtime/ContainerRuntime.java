package io.ordinal.node.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs containers. The shape is CRI v1's, so that a kubelet's habits carry over; the records are
/// our own.
///
/// Two implementations: CRI over a socket and the simulation. Both pass `RuntimeContract`. Every
/// method may throw [RuntimeFailure]; all may be called from many threads at once. Stopping or
/// removing what no longer exists is not an error.
public interface ContainerRuntime extends AutoCloseable {

  /// Who runs the containers, for the Node object: `containerd` and `1.6.20`.
  record Version(String name, String version) {

    /// As the Node object writes it, for example `containerd://1.6.20`.
    public String announced() {
      return name + "://" + version;
    }
  }

  /// Whether the runtime and its network are ready; `message` says why not, `""` when all is well.
  record Health(boolean runtimeReady, boolean networkReady, String message) {}

  /// Bytes and inodes in use below `mountpoint`.
  record ImageFilesystem(String mountpoint, long usedBytes, long usedInodes) {}

  /// What a command inside a container answered.
  record ExecResult(int exitCode, String stdout, String stderr) {}

  /// Who the runtime is.
  Version version();

  /// How it fares.
  Health health();

  /// Creates and starts a sandbox and returns its id.
  String runSandbox(SandboxConfig config);

  /// Ends the sandbox's processes and gives its address back.
  void stopSandbox(String sandboxId);

  /// Forgets a sandbox and the containers in it.
  void removeSandbox(String sandboxId);

  /// The sandboxes that carry all these labels, newest first, without their addresses.
  List<SandboxStatus> sandboxes(Map<String, String> labels);

  /// One sandbox in full.
  Optional<SandboxStatus> sandbox(String sandboxId);

  /// Creates a container in a sandbox and returns its id; the image must be present.
  String createContainer(String sandboxId, ContainerConfig config, SandboxConfig sandbox);

  /// Starts a created container.
  void startContainer(String containerId);

  /// Sends the stop signal, and KILL when `grace` is over; returns when the container has ended.
  void stopContainer(String containerId, Duration grace);

  /// Forgets a container that has ended.
  void removeContainer(String containerId);

  /// The containers that carry all these labels, without exit codes and times (see [#container]).
  List<ContainerStatus> containers(Map<String, String> labels);

  /// One container in full.
  Optional<ContainerStatus> container(String containerId);

  /// Changes the limits of a running container.
  void updateResources(String containerId, Resources resources);

  /// Tells the runtime that the log file was renamed and a new one is to be begun.
  void reopenLog(String containerId);

  /// Runs a command to its end. A command that outlasts the timeout throws [RuntimeFailure] of kind
  /// `TIMEOUT`.
  ExecResult execSync(String containerId, List<String> command, Duration timeout);

  /// Runs a command with its streams open.
  ExecSession exec(String containerId, ExecRequest request);

  /// Joins the streams of a container's own process, which goes on when the session is closed.
  ExecSession attach(String containerId, Stdio stdio);

  /// Connects to a port on the loopback interface of a sandbox. That nothing listens there is told
  /// by the connection.
  PodConnection connect(String sandboxId, int port);

  /// All images that are present.
  List<Image> images();

  /// The image that a reference names, if it is present.
  Optional<Image> image(String reference);

  /// Fetches an image and returns its id; the pull ends early when the calling thread is
  /// interrupted.
  String pullImage(String reference, Optional<RegistryCredentials> credentials);

  /// Removes an image.
  void removeImage(String imageId);

  /// Where images lie and how much they take.
  List<ImageFilesystem> imageFilesystems();

  /// Calls the listener with the id of a container or sandbox soon after it changed; a hint, not a
  /// promise. Closing what is returned ends it.
  Subscription onChange(ChangeListener listener);

  @Override
  void close();

  /// Hears that a container or sandbox changed.
  @FunctionalInterface
  interface ChangeListener {
    /// Called on a thread of the runtime's; must not block.
    void changed(String id);
  }

  /// Ends a subscription.
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
