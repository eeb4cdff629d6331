package io.ordinal.testing;

import io.ordinal.server.ApiException;
import io.ordinal.server.ExecSession;
import io.ordinal.server.Frames;
import io.ordinal.server.NodeStreams;
import io.ordinal.server.Status;

/// Simulated containers print nothing and run no commands.
final class NoStreams implements NodeStreams {

  private static final String WHY =
      "containers are simulated here: they have no output and run no commands";

  @Override
  public Frames logs(PodRef pod, LogOptions options) {
    throw new ApiException(Status.badRequest(WHY));
  }

  @Override
  public ExecSession exec(PodRef pod, ExecOptions options) {
    throw new ApiException(Status.badRequest(WHY));
  }
}
