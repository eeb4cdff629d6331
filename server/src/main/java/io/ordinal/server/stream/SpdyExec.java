package io.ordinal.server.stream;

import io.ordinal.server.ExecCall;
import io.ordinal.server.ExecSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A command over SPDY/3.1: the client opens a stream for each channel, and when all are there the
/// command's output flows. It is what kubectl up to 1.28 has, and later ones fall back to.
public final class SpdyExec implements SpdyConnection.Listener, ExecChannels {
  private static final List<String> PROTOCOLS =
      List.of("v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io", "channel.k8s.io");
  private static final int MOST_MESSAGE_BYTES = 4096;

  private final ExecCall call;
  private final ExecSession session;
  private final boolean tellsStatus;
  private final SpdyConnection connection;
  private final Map<String, Integer> streams = new TreeMap<>();
  private final ByteArrayOutputStream resize = new ByteArrayOutputStream();
  private @Nullable ExecRun run;

  private SpdyExec(
      ExecCall call, ExecSession session, String protocol, InputStream in, OutputStream out) {
    this.call = call;
    this.session = session;
    this.tellsStatus = protocol.startsWith("v4");
    this.connection = new SpdyConnection(in, out);
  }

  /// The first of the client's protocols that we speak; without any it speaks the first of all.
  public static Optional<String> choose(List<String> offered) {
    if (offered.isEmpty()) {
      return Optional.of("channel.k8s.io");
    }
    return offered.stream().filter(PROTOCOLS::contains).findFirst();
  }

  /// The protocols that we speak.
  public static List<String> protocols() {
    return PROTOCOLS;
  }

  /// Serves an upgraded connection until it ends.
  public static void serve(
      ExecCall call, ExecSession session, String protocol, InputStream in, OutputStream out)
      throws IOException {
    var exec = new SpdyExec(call, session, protocol, in, out);
    try {
      exec.connection.run(exec);
    } finally {
      session.close();
      exec.connection.close();
    }
  }

  @Override
  public void opened(int stream, Map<String, String> headers) {
    streams.put(headers.getOrDefault("streamtype", ""), stream);
    if (run == null && streams.size() == expected()) {
      run = ExecRun.start(session, this);
    }
  }

  private int expected() {
    var stdio = call.stdio();
    return 1
        + (stdio.stdin() ? 1 : 0)
        + (stdio.stdout() ? 1 : 0)
        + (stdio.stderr() ? 1 : 0)
        + (stdio.tty() ? 1 : 0);
  }

  @Override
  public void data(int stream, byte[] bytes, int length) throws IOException {
    if (run == null) {
      throw new IOException("data came before all streams were open");
    }
    if (is(stream, "stdin")) {
      run.stdin(bytes, 0, length);
    } else if (is(stream, "resize")) {
      resize(bytes, length);
    }
  }

  /// Sizes come as one JSON object after the other, and may be cut anywhere.
  private void resize(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      resize.write(bytes[i]);
      if (bytes[i] == '}' && run != null) {
        var running = run;
        TerminalSize.parse(resize.toByteArray())
            .ifPresent(size -> running.resize(size.width(), size.height()));
        resize.reset();
      }
    }
    if (resize.size() > MOST_MESSAGE_BYTES) {
      resize.reset();
    }
  }

  @Override
  public void finished(int stream) {
    if (is(stream, "stdin") && run != null) {
      run.endOfStdin();
    }
  }

  @Override
  public void stdout(byte[] bytes, int length) throws IOException {
    send("stdout", bytes, length);
  }

  @Override
  public void stderr(byte[] bytes, int length) throws IOException {
    send("stderr", bytes, length);
  }

  @Override
  public void end(ExecOutcome outcome) throws IOException {
    var message = tellsStatus ? outcome.json() : outcome.textBytes();
    send("error", message, message.length);
    for (var stream : streams.values()) {
      connection.finish(stream);
    }
    connection.goAway();
    connection.close();
  }

  private void send(String type, byte[] bytes, int length) throws IOException {
    var stream = streams.get(type);
    if (stream != null) {
      connection.send(stream, bytes, length);
    }
  }

  private boolean is(int stream, String type) {
    return Integer.valueOf(stream).equals(streams.get(type));
  }
}
