package io.ordinal.server;

import io.ordinal.server.NodeStreams.Stdio;
import java.util.function.Supplier;

/// An exec or an attach.
///
/// @param stdio the streams that the client wants
public record ExecCall(Stdio stdio, Supplier<ExecSession> session) implements StreamCall {
  /// Starts the command, or joins the process.
  ///
  /// @throws ApiException when that cannot be done
  public ExecSession start() {
    return session.get();
  }
}
