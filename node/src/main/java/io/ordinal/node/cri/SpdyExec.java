package io.ordinal.node.cri;

import io.ordinal.node.runtime.ExecSession;
import io.ordinal.node.runtime.Stdio;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/// A command, or a container's own process, whose streams come over SPDY/3.1 from the runtime's
/// streaming server, protocol `v4.channel.k8s.io`.
///
/// SPDY and not WebSocket, because every containerd speaks it and because it can close the
/// command's input, which the WebSocket protocol of containerd 1.6 and 1.7 cannot.
final class SpdyExec implements ExecSession {
  private static final Pattern EXIT_CODE =
      Pattern.compile("\"reason\":\"ExitCode\",\"message\":\"(\\d+)\"");
  private static final End LOST =
      new End(-1, "the connection to the container runtime was lost before the command's end");

  private final SpdyConnection connection;
  private final Stdio stdio;
  private final SpdyConnection.Stream error;
  private final SpdyConnection.Stream stdin;
  private final SpdyConnection.Stream stdout;
  private final SpdyConnection.Stream stderr;
  private final SpdyConnection.Stream resize;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile End end = LOST;

  private SpdyExec(SpdyConnection connection, Stdio stdio) throws IOException {
    this.connection = connection;
    this.stdio = stdio;
    error = connection.open("error");
    stdin = stream("stdin", stdio.stdin());
    stdout = stream("stdout", stdio.stdout());
    stderr = stream("stderr", stdio.stderr());
    resize = stream("resize", stdio.tty());
  }

  private SpdyConnection.Stream stream(String type, boolean wanted) throws IOException {
    return wanted ? connection.open(type) : connection.closedStream();
  }

  static SpdyExec open(String url, Stdio stdio) {
    var connection = SpdyConnection.open(url, "v4.channel.k8s.io");
    try {
      var session = new SpdyExec(connection, stdio);
      connection.start();
      Thread.ofVirtual().name("exec-end").start(session::readEnd);
      return session;
    } catch (IOException e) {
      connection.close();
      throw SpdyConnection.unreachable(e);
    }
  }

  private void readEnd() {
    try {
      end = read(new String(error.input().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      end = new End(-1, "the connection to the container runtime was lost: " + e.getMessage());
    } finally {
      ended.countDown();
    }
  }

  /// The error stream carries one Status object, of a success too: without it nobody knows how the
  /// command ended, for a lost connection ends the stream as a whole one does.
  private static End read(String status) {
    if (status.isEmpty()) {
      return LOST;
    }
    if (status.contains("\"status\":\"Success\"")) {
      return new End(0, "");
    }
    var code = EXIT_CODE.matcher(status);
    return code.find()
        ? new End(Integer.parseInt(code.group(1)), "")
        : new End(-1, message(status));
  }

  private static String message(String status) {
    var found = Pattern.compile("\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(status);
    return found.find() ? found.group(1).replace("\\\"", "\"").replace("\\n", "\n") : status;
  }

  @Override
  public OutputStream stdin() {
    return stdin.output();
  }

  @Override
  public InputStream stdout() {
    return stdout.input();
  }

  @Override
  public InputStream stderr() {
    return stderr.input();
  }

  @Override
  public void resize(int width, int height) throws IOException {
    if (stdio.tty()) {
      var size = "{\"Width\":%d,\"Height\":%d}".formatted(width, height);
      resize.output().write(size.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public End await() throws InterruptedException {
    ended.await();
    return end;
  }

  @Override
  public void close() {
    connection.close();
  }
}
