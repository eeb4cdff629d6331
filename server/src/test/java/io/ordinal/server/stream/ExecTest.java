package io.ordinal.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.TestServer;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExecTest {
  private static final String SUCCESS = "{\"metadata\":{},\"status\":\"Success\"}";
  private static final String POD = "/api/v1/namespaces/default/pods/p";
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

  @Test
  void aProcessIsAttachedToOverSpdy() throws Exception {
    try (var socket = server.socket()) {
      var path = POD + "/attach?stdin=true&stdout=true";
      assertThat(StreamClients.upgrade(socket, path, "v4.channel.k8s.io"))
          .startsWith("HTTP/1.1 101");
      var client = new SpdyClient(socket.getInputStream(), socket.getOutputStream());
      var error = client.open("error");
      var in = client.open("stdin");
      var out = client.open("stdout");
      client.send(in, "hello", true);
      client.readAll();
      assertThat(client.received(out)).isEqualTo("hello");
      assertThat(client.received(error)).isEqualTo(SUCCESS);
      assertThat(server.nodes.attached).contains("main");
    }
  }

  private static String upgrade(SSLSocket socket, String query, String protocol)
      throws IOException {
    return StreamClients.upgrade(socket, POD + "/exec?" + query, protocol);
  }

  @Test
  void aCommandRunsOverWebSocketUntilItsInputIsClosed() throws Exception {
    var messages = new Messages();
    var socket =
        open("command=cat&stdin=true&stdout=true&stderr=true", "v5.channel.k8s.io", messages);
    assertThat(messages.next()).isEqualTo("1:");
    socket.sendBinary(Messages.of(0, "hello"), true).get(10, TimeUnit.SECONDS);
    assertThat(messages.next()).isEqualTo("1:hello");
    socket
        .sendBinary(Messages.of(4, "{\"Width\":80,\"Height\":24}"), true)
        .get(10, TimeUnit.SECONDS);
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
    return StreamClients.open(server, POD + "/exec?" + query, protocol, messages);
  }
}
