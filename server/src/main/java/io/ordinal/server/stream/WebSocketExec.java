package io.ordinal.server.stream;

import io.ordinal.server.ExecCall;
import io.ordinal.server.ExecSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/// A command over a WebSocket: the first byte of each message names its channel (contract E1).
///
/// | channel | 0 | 1 | 2 | 3 | 4 | 255 |
/// |---|---|---|---|---|---|---|
/// | carries | stdin | stdout | stderr | outcome | terminal size | the end of another (v5 only) |
public final class WebSocketExec implements Session.Listener, ExecChannels {
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int OUTCOME = 3;
  private static final int RESIZE = 4;
  private static final int CLOSE = 255;

  private static final List<String> PROTOCOLS =
      List.of(
          "v5.channel.k8s.io",
          "v4.channel.k8s.io",
          "v4.base64.channel.k8s.io",
          "channel.k8s.io",
          "base64.channel.k8s.io");

  private final ExecCall call;
  private final ExecSession command;
  private final String protocol;
  private final WebSocketMessages messages = new WebSocketMessages();
  private volatile @Nullable ExecRun run;

  /// Serves a started command in one of [#choose(List)]'s protocols.
  public WebSocketExec(ExecCall call, ExecSession command, String protocol) {
    this.call = call;
    this.command = command;
    this.protocol = protocol;
  }

  /// The first of the client's protocols that we speak; "" when it named none.
  public static Optional<String> choose(List<String> offered) {
    return offered.isEmpty()
        ? Optional.of("")
        : offered.stream().filter(PROTOCOLS::contains).findFirst();
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    messages.opened(opened);
    try {
      greet();
      run = ExecRun.start(command, this);
      messages.demand();
    } catch (IOException e) {
      onWebSocketError(e);
    }
  }

  /// An empty message on the first channel that is read tells the client that all is set up.
  private void greet() throws IOException {
    var stdio = call.stdio();
    var channel = stdio.stdout() ? STDOUT : stdio.stderr() ? STDERR : OUTCOME;
    send(channel, new byte[0], 0);
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    if (payload.hasRemaining()) {
      var channel = payload.get() & 0xff;
      var bytes = new byte[payload.remaining()];
      payload.get(bytes);
      received(channel, bytes);
    }
    callback.succeed();
    messages.demand();
  }

  @Override
  public void onWebSocketText(String message) {
    if (!message.isEmpty()) {
      var channel = message.charAt(0) - '0';
      var text = message.substring(1);
      try {
        received(
            channel,
            isBase64() ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        onWebSocketError(e);
        return;
      }
    }
    messages.demand();
  }

  private void received(int channel, byte[] bytes) {
    var running = run;
    if (running == null) {
      return;
    }
    switch (channel) {
      case STDIN -> running.stdin(bytes, 0, bytes.length);
      case RESIZE ->
          TerminalSize.parse(bytes).ifPresent(size -> running.resize(size.width(), size.height()));
      case CLOSE -> {
        if (protocol.startsWith("v5") && bytes.length == 1 && bytes[0] == STDIN) {
          running.endOfStdin();
        }
      }
      default -> {
        // Clients write to no other channel.
      }
    }
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    hangUp();
  }

  @Override
  public void onWebSocketClose(int statusCode, String reason, Callback callback) {
    hangUp();
    callback.succeed();
  }

  private void hangUp() {
    var running = run;
    if (running == null) {
      command.close();
    } else {
      running.close();
    }
  }

  @Override
  public void stdout(byte[] bytes, int length) throws IOException {
    send(STDOUT, bytes, length);
  }

  @Override
  public void stderr(byte[] bytes, int length) throws IOException {
    send(STDERR, bytes, length);
  }

  @Override
  public void end(ExecOutcome outcome) throws IOException {
    var legacy = !protocol.startsWith("v");
    var message = legacy ? outcome.textBytes() : outcome.json();
    if (message.length > 0) {
      send(OUTCOME, message, message.length);
    }
    messages.close();
  }

  private boolean isBase64() {
    return protocol.contains("base64");
  }

  private void send(int channel, byte[] bytes, int length) throws IOException {
    if (isBase64()) {
      messages.text(channel + Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, length)));
    } else {
      messages.binary(channel, bytes, length);
    }
  }
}
