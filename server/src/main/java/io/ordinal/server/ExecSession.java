package io.ordinal.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A command that runs in a container, or the streams of a container's own process. Streams that
/// were not asked for are empty.
public interface ExecSession extends AutoCloseable {
  /// Closing it is the command's end of input.
  OutputStream stdin();

  /// Ends when the command's output ends.
  InputStream stdout();

  /// Ends when the command's error output ends.
  InputStream stderr();

  /// The terminal's new size in characters; ignored without a terminal.
  void resize(int width, int height);

  /// Waits for the command's end and answers its exit code.
  ///
  /// @throws IOException when the outcome cannot be known; the message is for the user
  int await() throws IOException, InterruptedException;

  /// Kills the command if it still runs (not the container's own process) and frees its streams.
  @Override
  void close();
}
