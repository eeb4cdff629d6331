package io.ordinal.server.stream;

import java.io.IOException;

/// A client's end of a command, whatever protocol carries it. Methods may be called by several
/// threads at once.
interface ExecChannels {
  /// Sends output.
  void stdout(byte[] bytes, int length) throws IOException;

  /// Sends error output.
  void stderr(byte[] bytes, int length) throws IOException;

  /// Tells how it ended and closes the connection.
  void end(ExecOutcome outcome) throws IOException;
}
