package io.ordinal.server;

import io.ordinal.server.NodeStreams.ExecOptions;
import io.ordinal.server.NodeStreams.PodRef;

/// An exec that waits for its transport.
public record ExecCall(NodeStreams node, PodRef pod, ExecOptions options) {
  /// Starts the command.
  ///
  /// @throws ApiException when it cannot be started
  public ExecSession start() {
    return node.exec(pod, options);
  }
}
