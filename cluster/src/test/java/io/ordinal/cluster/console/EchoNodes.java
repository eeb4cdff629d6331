package io.ordinal.cluster.console;

import io.ordinal.server.ApiException;
import io.ordinal.server.ExecSession;
import io.ordinal.server.Frames;
import io.ordinal.server.NodeStreams;
import io.ordinal.server.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;

/// Nodes on which every command copies its input to its output.
final class EchoNodes implements NodeStreams {

  @Override
  public Frames logs(PodRef pod, LogOptions options) {
    throw new ApiException(Status.badRequest("these containers say nothing"));
  }

  @Override
  public ExecSession exec(PodRef pod, ExecOptions options) {
    return new Echo();
  }

  private static final class Echo implements ExecSession {
    private final OutputStream in;
    private final InputStream out;

    /// Unlike the JDK's piped streams, a pipe does not care which threads write and whether they
    /// still live.
    private Echo() {
      try {
        var pipe = Pipe.open();
        in = Channels.newOutputStream(pipe.sink());
        out = Channels.newInputStream(pipe.source());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public OutputStream stdin() {
      return in;
    }

    @Override
    public InputStream stdout() {
      return out;
    }

    @Override
    public InputStream stderr() {
      return InputStream.nullInputStream();
    }

    @Override
    public void resize(int width, int height) {
      // It has no terminal.
    }

    @Override
    public int await() {
      return 0;
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
