package io.ordinal.testing;

import io.ordinal.server.ApiException;
import io.ordinal.server.ExecSession;
import io.ordinal.server.Frames;
import io.ordinal.server.NodeStreams;
import io.ordinal.server.PodConnection;
import io.ordinal.server.Status;

/// Simulated containers print nothing, run no commands and listen on no port.
final class NoStreams implements NodeStreams {

  private static final String WHY =
      "containers are simulated here: they have no output, run no commands and listen on no port";

  @Override
  public Frames logs(PodRef pod, LogOptions options) {
    throw new ApiException(Status.badRequest(WHY));
  }

  @Override
  public ExecSession exec(PodRef pod, ExecOptions options) {
    throw new ApiException(Status.badRequest(WHY));
  }

  @Override
  public ExecSession attach(PodRef pod, String container, Stdio stdio) {
    throw new ApiException(Status.badRequest(WHY));
  }

  @Override
  public PodConnection connect(PodRef pod, int port) {
    throw new ApiException(Status.badRequest(WHY));
  }
}
