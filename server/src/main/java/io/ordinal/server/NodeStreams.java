package io.ordinal.server;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What the API server needs from the nodes: logs of containers, commands run in them, and
/// connections to pods. The options are valid and the container exists in the pod's spec when these
/// methods are called.
public interface NodeStreams {
  /// The log of a container, as lines of bytes; ends by itself unless it follows.
  ///
  /// @throws ApiException for example when the container is still waiting to start (400)
  Frames logs(PodRef pod, LogOptions options);

  /// Starts a command in a container.
  ///
  /// @throws ApiException when it cannot be started
  ExecSession exec(PodRef pod, ExecOptions options);

  /// Joins the streams of a container's own process. Whether that has a terminal is for the
  /// container's spec to say, whatever is asked for here. Closing the session does not end the
  /// process.
  ///
  /// @throws ApiException when the container does not run
  ExecSession attach(PodRef pod, String container, Stdio stdio);

  /// Connects to a port on the loopback interface of a pod, as a process of the pod would.
  ///
  /// @throws ApiException when the pod does not run; that nothing listens is told by the connection
  PodConnection connect(PodRef pod, int port);

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

  /// Which streams of a process are wanted. `stderr` is false when `tty` is true.
  record Stdio(boolean stdin, boolean stdout, boolean stderr, boolean tty) {}

  /// What to run; see PodExecOptions.
  record ExecOptions(String container, List<String> command, Stdio stdio) {}
}
