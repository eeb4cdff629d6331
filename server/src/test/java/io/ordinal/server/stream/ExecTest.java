package io.ordinal.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExecTest {
  private static final String SUCCESS = "{\"metadata\":{},\"status\":\"Success\"}";
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
    server.putPod("p", "main");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aCommandRunsOverSpdy() throws Exception {
    try (var socket = server.socket()) {
      assertThat(upgrade(socket, "command=cat&stdin=true&stdout=true", "v4.channel.k8s.io"))
          .startsWith("HTTP/1.1 101")
          .contains("X-Stream-Protocol-Version: v4.channel.k8s.io");
      var client = new SpdyClient(socket.getInputStream(), socket.getOutputStream());
      var error = client.open("error");
      var in = client.open("stdin");
      var out = client.open("stdout");
      client.ping(1);
      client.send(in, "hello ", false);
      client.send(in, "world", true);
      client.readAll();
      assertThat(client.received(out)).isEqualTo("hello world");
      assertThat(client.received(error)).isEqualTo(SUCCESS);
      assertThat(client.replies()).isEqualTo(3);
      assertThat(client.pings()).isEqualTo(1);
    }
  }

  @Test
  void aFailureIsToldWithItsExitCodeOverSpdy() throws Exception {
    try (var socket = server.socket()) {
      upgrade(socket, "command=fail&stdout=true&stderr=true", "v4.channel.k8s.io");
      var client = new SpdyClient(socket.getInputStream(), socket.getOutputStream());
      var error = client.open("error");
      client.open("stdout");
      var errors = client.open("stderr");
      client.readAll();
      assertThat(client.received(errors)).isEqualTo("no way\n");
      assertThat(client.received(error))
          .contains("NonZeroExitCode", "\"reason\":\"ExitCode\",\"message\":\"3\"");
    }
  }

  @Test
  void aTerminalIsResizedOverSpdy() throws Exception {
    try (var socket = server.socket()) {
      upgrade(socket, "command=cat&stdin=true&stdout=true&tty=true", "v4.channel.k8s.io");
      var client = new SpdyClient(socket.getInputStream(), socket.getOutputStream());
      client.open("error");
      var in = client.open("stdin");
      client.open("stdout");
      var resize = client.open("resize");
      client.send(resize, "{\"Width\":81,\"Hei", false);
      client.send(resize, "ght\":25}\n", false);
      client.send(in, "", true);
      client.readAll();
      assertThat(server.nodes.sizes).contains("81x25");
    }
  }

  @Test
  void protocolsThatNobodyKnowsAreRefusedWithOurs() throws Exception {
    try (var socket = server.socket()) {
      assertThat(upgrade(socket, "command=cat&stdout=true", "v9.channel.k8s.io"))
          .startsWith("HTTP/1.1 403")
          .contains("X-Accepted-Stream-Protocol-Versions: v4.channel.k8s.io");
    }
  }

  @Test
  void aCommandThatCannotStartIsAnOrdinaryRefusal() throws Exception {
    try (var socket = server.socket()) {
      assertThat(upgrade(socket, "command=missing&stdout=true", "v4.channel.k8s.io"))
          .startsWith("HTTP/1.1 404");
    }
  }

  private static String upgrade(SSLSocket socket, String query, String protocol)
      throws IOException {
    var request =
        "POST /api/v1/namespaces/default/pods/p/exec?"
            + query
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"
            + "X-Stream-Protocol-Version: "
            + protocol
            + "\r\nContent-Length: 0\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      var next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Test
  void aCommandRunsOverWebSocketUntilItsInputIsClosed() throws Exception {
    var messages = new Messages();
    var socket =
        open("command=cat&stdin=true&stdout=true&stderr=true", "v5.channel.k8s.io", messages);
    assertThat(messages.next()).isEqualTo("1:");
    socket.sendBinary(message(0, "hello"), true).get(10, TimeUnit.SECONDS);
    assertThat(messages.next()).isEqualTo("1:hello");
    socket.sendBinary(message(4, "{\"Width\":80,\"Height\":24}"), true).get(10, TimeUnit.SECONDS);
    var closeStdin = ByteBuffer.wrap(new byte[] {(byte) 255, 0});
    // Not waited for: the outcome, and the end, may be here before the client knows it has sent it.
    var _ = socket.sendBinary(closeStdin, true);
    assertThat(messages.next()).isEqualTo("3:" + SUCCESS);
    assertThat(messages.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1000);
    assertThat(server.nodes.sizes).contains("80x24");
  }

  @Test
  void aFailureIsToldWithItsExitCodeOverWebSocket() throws Exception {
    var messages = new Messages();
    open("command=fail&stdout=true&stderr=true", "v4.channel.k8s.io", messages);
    assertThat(messages.next()).isEqualTo("1:");
    assertThat(messages.next()).isEqualTo("2:no way\n");
    assertThat(messages.next()).startsWith("3:").contains("\"message\":\"3\"");
  }

  @Test
  void base64IsSpokenInText() throws Exception {
    var messages = new Messages();
    var socket = open("command=cat&stdin=true&stdout=true", "v4.base64.channel.k8s.io", messages);
    assertThat(messages.next()).isEqualTo("text:1");
    socket.sendText("0aGVsbG8=", true).get(10, TimeUnit.SECONDS);
    assertThat(messages.next()).isEqualTo("text:1aGVsbG8=");
    socket.abort();
  }

  private static WebSocket open(String query, String protocol, Messages messages) throws Exception {
    HttpClient client = server.admin(Version.HTTP_1_1);
    var uri =
        URI.create(
            "wss://localhost:" + server.port + "/api/v1/namespaces/default/pods/p/exec?" + query);
    return client
        .newWebSocketBuilder()
        .subprotocols(protocol)
        .buildAsync(uri, messages)
        .get(20, TimeUnit.SECONDS);
  }

  private static ByteBuffer message(int channel, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + bytes.length).put((byte) channel).put(bytes).flip();
  }

  /// Binary messages as `channel:text`, text messages as `text:...`.
  private static final class Messages implements WebSocket.Listener {
    private final LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();

    String next() throws InterruptedException {
      return String.valueOf(queue.poll(20, TimeUnit.SECONDS));
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      var channel = data.get() & 0xff;
      queue.add(channel + ":" + StandardCharsets.UTF_8.decode(data));
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      queue.add("text:" + data);
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return CompletableFuture.completedStage(null);
    }
  }
}
