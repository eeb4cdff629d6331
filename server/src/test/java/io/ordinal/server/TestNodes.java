package io.ordinal.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A node that runs three commands: `cat` copies its input to its output, `fail` writes to its
/// error output and exits with 3, `missing` cannot be started.
public final class TestNodes implements NodeStreams {
  public final List<LogOptions> logs = new CopyOnWriteArrayList<>();
  public final List<ExecOptions> execs = new CopyOnWriteArrayList<>();
  public final List<String> sizes = new CopyOnWriteArrayList<>();

  @Override
  public Frames logs(PodRef pod, LogOptions options) {
    logs.add(options);
    return new Lines("one\n", "two\n");
  }

  @Override
  public ExecSession exec(PodRef pod, ExecOptions options) {
    execs.add(options);
    return switch (options.command().getFirst()) {
      case "cat" -> new Cat(sizes);
      case "fail" -> new Fail();
      default ->
          throw new ApiException(Status.failure(404, "NotFound", "container not found (\"main\")"));
    };
  }

  /// Frames that are there from the beginning.
  public static final class Lines implements Frames {
    private final Queue<String> lines = new ArrayDeque<>();

    public Lines(String... lines) {
      this.lines.addAll(List.of(lines));
    }

    @Override
    public byte @Nullable [] poll() {
      var line = lines.poll();
      return line == null ? null : line.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte @Nullable [] take() {
      return poll();
    }

    @Override
    public boolean ended() {
      return lines.isEmpty();
    }

    @Override
    public void onWake(Runnable r) {
      r.run();
    }

    @Override
    public void close() {
      lines.clear();
    }
  }

  private static final class Cat implements ExecSession {
    private final PipedOutputStream in = new PipedOutputStream();
    private final PipedInputStream out;
    private final List<String> sizes;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();

    Cat(List<String> sizes) {
      this.sizes = sizes;
      try {
        this.out = new PipedInputStream(in, 1 << 20);
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
      sizes.add(width + "x" + height);
    }

    @Override
    public int await() throws IOException, InterruptedException {
      exit.complete(0);
      try {
        return exit.get();
      } catch (ExecutionException e) {
        throw new IOException(e);
      }
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

  private static final class Fail implements ExecSession {
    @Override
    public OutputStream stdin() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream stdout() {
      return InputStream.nullInputStream();
    }

    @Override
    public InputStream stderr() {
      return new ByteArrayInputStream("no way\n".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void resize(int width, int height) {}

    @Override
    public int await() {
      return 3;
    }

    @Override
    public void close() {}
  }
}
