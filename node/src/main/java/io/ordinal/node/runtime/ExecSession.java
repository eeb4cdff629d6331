package io.ordinal.node.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A command that runs with its streams open, or the streams of a container's own process. Streams
/// that were not asked for are empty.
public interface ExecSession extends AutoCloseable {

  /// How it ended: the command's exit code, or -1 with the reason why it could not be run.
  record End(int exitCode, String message) {}

  /// What is written here the command reads; closing it is the end of its input.
  OutputStream stdin();

  /// What the command writes.
  InputStream stdout();

  /// What the command writes to its error stream; empty with a terminal.
  InputStream stderr();

  /// Tells the terminal its new size.
  void resize(int width, int height) throws IOException;

  /// Waits until the command has ended and its output was handed over.
  End await() throws InterruptedException;

  @Override
  void close();
}
