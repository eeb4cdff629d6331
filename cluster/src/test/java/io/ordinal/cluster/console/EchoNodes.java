package io.ordinal.cluster.console;

import io.ordinal.server.ApiException;
import io.ordinal.server.ExecSession;
import io.ordinal.server.Frames;
import io.ordinal.server.NodeStreams;
import io.ordinal.server.PodConnection;
import io.ordinal.server.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;

/// Nodes on which every command, every process and every port says what it is told.
final class EchoNodes implements NodeStreams {

  @Override
  public Frames logs(PodRef pod, LogOptions options) {
    throw new ApiException(Status.badRequest("these containers say nothing"));
  }

  @Override
  public ExecSession exec(PodRef pod, ExecOptions options) {
    return new Echo();
  }

  @Override
  public ExecSession attach(PodRef pod, String container, Stdio stdio) {
    return new Echo();
  }

  @Override
  public PodConnection connect(PodRef pod, int port) {
    return new EchoPort(new Echo());
  }

  private record EchoPort(Echo echo) implements PodConnection {
    @Override
    public InputStream input() {
      return echo.out;
    }

    @Override
    public OutputStream output() {
      return echo.in;
    }

    @Override
    public String failure() {
      return "";
    }

    @Override
    public void close() {
      echo.close();
    }
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
