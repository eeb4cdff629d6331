package io.ordinal.server;

import io.ordinal.server.NodeStreams.PodRef;

/// A port-forward: as many connections to ports of a pod as its client asks for.
public record ForwardCall(NodeStreams node, PodRef pod) implements StreamCall {
  /// Connects to a port.
  ///
  /// @throws ApiException when the pod does not run
  public PodConnection connect(int port) {
    return node.connect(pod, port);
  }
}
