package io.ordinal.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A node that runs three commands: `cat` copies its input to its output, `fail` writes to its
/// error output and exits with 3, `missing` cannot be started. Its containers' own processes are
/// `cat`; port 7 echoes, and on no other anybody listens.
public final class TestNodes implements NodeStreams {
  public final List<LogOptions> logs = new CopyOnWriteArrayList<>();
  public final List<ExecOptions> execs = new CopyOnWriteArrayList<>();
  public final List<String> attached = new CopyOnWriteArrayList<>();

  /// The ports whose connections were closed.
  public final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();

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

  @Override
  public ExecSession attach(PodRef pod, String container, Stdio stdio) {
    attached.add(container);
    return new Cat(sizes);
  }

  @Override
  public PodConnection connect(PodRef pod, int port) {
    if (port == 1) {
      throw new ApiException(Status.badRequest("the pod does not run"));
    }
    return new Port(port, closed);
  }

  private static final class Port implements PodConnection {
    private final Pipe pipe = new Pipe();
    private final int port;
    private final Queue<Integer> closed;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Port(int port, Queue<Integer> closed) {
      this.port = port;
      this.closed = closed;
      if (port != 7) pipe.pieces.add(Pipe.END);
    }

    @Override
    public InputStream input() {
      return pipe.out;
    }

    @Override
    public OutputStream output() {
      return pipe.in;
    }

    @Override
    public String failure() {
      return port == 7 ? "" : "connection refused: " + port;
    }

    @Override
    public void close() {
      if (open.getAndSet(false)) {
        pipe.pieces.add(Pipe.END);
        closed.add(port);
      }
    }
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

  /// What is written at one end is read at the other; unlike the JDK's pipe it does not care which
  /// threads write, nor whether they still live.
  private static final class Pipe {
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    private final OutputStream in =
        new OutputStream() {
          @Override
          public void write(int b) {
            pieces.add(new byte[] {(byte) b});
          }

          @Override
          public void write(byte[] bytes, int from, int length) {
            if (length > 0) pieces.add(Arrays.copyOfRange(bytes, from, from + length));
          }

          @Override
          public void close() {
            if (closed.complete(0)) pieces.add(END);
          }
        };

    private final InputStream out =
        new InputStream() {
          private byte[] piece = {};
          private int at;
          private boolean ended;

          @Override
          public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
          }

          @Override
          public int read(byte[] into, int from, int length) throws IOException {
            if (at == piece.length && !next()) return -1;
            var count = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, into, from, count);
            at += count;
            return count;
          }

          private boolean next() throws IOException {
            if (ended) return false;
            try {
              piece = pieces.take();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
              throw new IOException(e);
            }
            at = 0;
            ended = piece.length == 0;
            return !ended;
          }
        };
  }

  private static final class Cat implements ExecSession {
    private final Pipe pipe = new Pipe();
    private final List<String> sizes;

    Cat(List<String> sizes) {
      this.sizes = sizes;
    }

    @Override
    public OutputStream stdin() {
      return pipe.in;
    }

    @Override
    public InputStream stdout() {
      return pipe.out;
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
      try {
        return pipe.closed.get();
      } catch (ExecutionException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() {
      pipe.closed.complete(0);
      pipe.pieces.add(Pipe.END);
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
