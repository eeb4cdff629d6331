package io.ordinal.cluster.nodes;

import io.ordinal.server.ApiException;
import io.ordinal.server.ExecSession;
import io.ordinal.server.Frames;
import io.ordinal.server.NodeStreams;
import io.ordinal.server.Status;
import org.jspecify.annotations.Nullable;

/// Logs and commands of nodes that start after the API server.
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

  private NodeStreams present(PodRef pod) {
    var arrived = nodes;
    if (arrived != null) return arrived;
    throw new ApiException(Status.internal("node " + pod.node() + " is still starting"));
  }
}
