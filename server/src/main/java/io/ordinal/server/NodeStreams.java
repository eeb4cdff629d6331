package io.ordinal.server;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What the API server needs from the nodes: logs of containers and commands run in them. The
/// options are valid and the container exists in the pod's spec when these methods are called.
public interface NodeStreams {
  /// The log of a container, as lines of bytes; ends by itself unless it follows.
  ///
  /// @throws ApiException for example when the container is still waiting to start (400)
  Frames logs(PodRef pod, LogOptions options);

  /// Starts a command in a container.
  ///
  /// @throws ApiException when it cannot be started
  ExecSession exec(PodRef pod, ExecOptions options);

  /// A pod that was assigned to a node.
  record PodRef(String namespace, String name, String uid, String node) {}

  /// What to show of a log; see PodLogOptions.
  ///
  /// @param since nothing older than this; null = everything
  /// @param tailLines only so many of the last lines
  /// @param limitBytes stop after so many bytes
  record LogOptions(
      String container,
      boolean follow,
      boolean previous,
      boolean timestamps,
      @Nullable Instant since,
      OptionalInt tailLines,
      OptionalLong limitBytes) {}

  /// What to run; see PodExecOptions. `stderr` is false when `tty` is true.
  record ExecOptions(
      String container,
      List<String> command,
      boolean stdin,
      boolean stdout,
      boolean stderr,
      boolean tty) {}
}
