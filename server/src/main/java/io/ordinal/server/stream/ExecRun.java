package io.ordinal.server.stream;

import io.ordinal.server.ExecSession;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/// A running command and its client: output flows on threads of its own, input comes by the calls
/// of the protocol's reader.
final class ExecRun {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final ExecSession session;
  private final ExecChannels channels;
  private final AtomicBoolean closed = new AtomicBoolean();

  private ExecRun(ExecSession session, ExecChannels channels) {
    this.session = session;
    this.channels = channels;
  }

  /// What sends a piece of output to the client.
  private interface Sink {
    void send(byte[] bytes, int length) throws IOException;
  }

  /// Connects a command with its client.
  static ExecRun start(ExecSession session, ExecChannels channels) {
    var run = new ExecRun(session, channels);
    Thread.ofVirtual().name("exec").start(run::carry);
    return run;
  }

  /// Carries output until both streams end, then tells the outcome.
  private void carry() {
    try {
      var errors =
          Thread.ofVirtual()
              .name("exec stderr")
              .start(() -> pump(session.stderr(), channels::stderr));
      pump(session.stdout(), channels::stdout);
      errors.join();
      channels.end(outcome());
    } catch (IOException | InterruptedException e) {
      // The client is gone: there is nobody to tell.
    } finally {
      close();
    }
  }

  private ExecOutcome outcome() throws InterruptedException {
    try {
      return new ExecOutcome.Exited(session.await());
    } catch (IOException e) {
      var message = e.getMessage();
      return new ExecOutcome.Lost(message == null ? e.toString() : message);
    }
  }

  private void pump(InputStream from, Sink to) {
    var buffer = new byte[BUFFER_BYTES];
    try {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        if (n > 0) {
          to.send(buffer, n);
        }
      }
    } catch (IOException e) {
      // Either end is gone; the outcome tells which, if somebody still listens.
    }
  }

  /// Input for the command; waits while the command does not read.
  void stdin(byte[] bytes, int offset, int length) {
    try {
      session.stdin().write(bytes, offset, length);
      session.stdin().flush();
    } catch (IOException e) {
      // The command has closed its input, as `head` does: its outcome says what became of it.
    }
  }

  /// The client's input has ended.
  void endOfStdin() {
    try {
      session.stdin().close();
    } catch (IOException e) {
      // It was closed already.
    }
  }

  void resize(int width, int height) {
    if (width > 0 && height > 0) {
      session.resize(width, height);
    }
  }

  /// The client is gone, or everything is told.
  void close() {
    if (closed.compareAndSet(false, true)) {
      session.close();
    }
  }
}
