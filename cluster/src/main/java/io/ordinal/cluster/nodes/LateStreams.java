package io.ordinal.cluster.nodes;

import io.ordinal.server.ApiException;
import io.ordinal.server.ExecSession;
import io.ordinal.server.Frames;
import io.ordinal.server.NodeStreams;
import io.ordinal.server.PodConnection;
import io.ordinal.server.Status;
import org.jspecify.annotations.Nullable;

/// Logs, commands and connections of nodes that start after the API server.
public final class LateStreams implements NodeStreams {

  private volatile @Nullable NodeStreams nodes;

  /// From now on these answer.
  public void arrived(NodeStreams streams) {
    nodes = streams;
  }

  @Override
  public Frames logs(PodRef pod, LogOptions options) {
    return present(pod).logs(pod, options);
  }

  @Override
  public ExecSession exec(PodRef pod, ExecOptions options) {
    return present(pod).exec(pod, options);
  }

  @Override
  public ExecSession attach(PodRef pod, String container, Stdio stdio) {
    return present(pod).attach(pod, container, stdio);
  }

  @Override
  public PodConnection connect(PodRef pod, int port) {
    return present(pod).connect(pod, port);
  }

  private NodeStreams present(PodRef pod) {
    var arrived = nodes;
    if (arrived != null) return arrived;
    throw new ApiException(Status.internal("node " + pod.node() + " is still starting"));
  }
}
