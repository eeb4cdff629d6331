package io.ordinal.cluster.nodes;

import io.ordinal.server.ExecSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// A command that an agent runs, as the API server streams it.
record AgentExec(io.ordinal.node.runtime.ExecSession session) implements ExecSession {

  @Override
  public OutputStream stdin() {
    return session.stdin();
  }

  @Override
  public InputStream stdout() {
    return session.stdout();
  }

  @Override
  public InputStream stderr() {
    return session.stderr();
  }

  @Override
  public void resize(int width, int height) {
    try {
      session.resize(width, height);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int await() throws IOException, InterruptedException {
    var end = session.await();
    if (end.exitCode() < 0) throw new IOException(end.message());
    return end.exitCode();
  }

  @Override
  public void close() {
    session.close();
  }
}
