package io.ordinal.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.TestServer;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Forwarded ports in the three ways in which clients ask for them.
@Timeout(60)
class ForwardTest {
  private static final String PATH = "/api/v1/namespaces/default/pods/p/portforward";
  private static final int ECHO = 7;
  private static final int NOBODY = 9;
  private static final int NO_POD = 1;
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

  /// The two streams of a connection.
  private record Pair(int error, int data) {
    static Pair open(SpdyClient client, String request, Object port) throws IOException {
      return new Pair(
          client.open(headers("error", request, port)),
          client.open(headers("data", request, port)));
    }

    private static Map<String, String> headers(String type, String request, Object port) {
      return Map.of("streamtype", type, "requestid", request, "port", port.toString());
    }
  }

  @Test
  void connectionsGoSideBySideOverSpdy() throws Exception {
    try (var socket = server.socket()) {
      var client = forward(socket);
      var first = Pair.open(client, "0", ECHO);
      var second = Pair.open(client, "1", ECHO);
      client.send(second.data(), "second", false);
      client.send(first.data(), "fir", false);
      client.send(first.data(), "st", true);
      client.readToEnd(first.data());
      assertThat(client.received(first.data())).isEqualTo("first");
      assertThat(client.received(first.error())).isEmpty();
      client.send(second.data(), " too", true);
      client.readToEnd(second.data());
      assertThat(client.received(second.data())).isEqualTo("second too");
      assertThat(client.received(second.error())).isEmpty();
    }
  }

  @Test
  void whatFailsIsToldOnItsOwnErrorStream() throws Exception {
    try (var socket = server.socket()) {
      var client = forward(socket);
      var refused = Pair.open(client, "0", NOBODY);
      var gone = Pair.open(client, "1", NO_POD);
      var wrong = Pair.open(client, "2", "70000");
      var good = Pair.open(client, "3", ECHO);
      for (var pair : new Pair[] {refused, gone, wrong}) {
        client.readToEnd(pair.data());
      }
      assertThat(client.received(refused.error())).isEqualTo("connection refused: 9");
      assertThat(client.received(gone.error())).isEqualTo("the pod does not run");
      assertThat(client.received(wrong.error())).contains("\"70000\" is not a port");
      client.send(good.data(), "still here", true);
      client.readToEnd(good.data());
      assertThat(client.received(good.data())).isEqualTo("still here");
    }
  }

  @Test
  void theConnectionToThePodEndsWithItsStreamAndWithItsClient() throws Exception {
    try (var socket = server.socket()) {
      var client = forward(socket);
      var reset = Pair.open(client, "0", ECHO);
      var open = Pair.open(client, "1", ECHO);
      for (var pair : new Pair[] {reset, open}) {
        client.send(pair.data(), "x", false);
        while (client.received(pair.data()).isEmpty()) {
          client.readFrame();
        }
      }
      server.nodes.closed.clear();
      client.reset(reset.data());
      assertThat(server.nodes.closed.poll(20, TimeUnit.SECONDS)).isEqualTo(ECHO);
      client.send(open.data(), "y", false);
      while (client.received(open.data()).length() < 2) {
        client.readFrame();
      }
      assertThat(server.nodes.closed).isEmpty();
    }
    assertThat(server.nodes.closed.poll(20, TimeUnit.SECONDS)).isEqualTo(ECHO);
  }

  @Test
  void kubectlTunnelsSpdyThroughAWebSocket() throws Exception {
    try (var socket = server.socket()) {
      assertThat(StreamClients.webSocket(socket, PATH, "SPDY/3.1+portforward.k8s.io"))
          .startsWith("HTTP/1.1 101")
          .containsIgnoringCase("Sec-WebSocket-Protocol: SPDY/3.1+portforward.k8s.io");
      var tunnel = new TunnelClient(socket);
      var client = new SpdyClient(tunnel.in(), tunnel.out());
      var pair = Pair.open(client, "0", ECHO);
      client.send(pair.data(), "through the tunnel", true);
      client.readToEnd(pair.data());
      assertThat(client.received(pair.data())).isEqualTo("through the tunnel");
    }
  }

  @Test
  void channelsOfAWebSocketAreForClientsThatNameTheirPorts() throws Exception {
    server.nodes.closed.clear();
    var messages = new Messages();
    var path = PATH + "?ports=7,9";
    var socket = StreamClients.open(server, path, "v4.channel.k8s.io", messages);
    assertThat(messages.next()).isEqualTo("0:\u0007\u0000");
    assertThat(messages.next()).isEqualTo("1:\u0007\u0000");
    socket.sendBinary(Messages.of(0, "hello"), true).get(20, TimeUnit.SECONDS);
    var rest = new String[] {messages.next(), messages.next(), messages.next(), messages.next()};
    assertThat(rest)
        .containsExactlyInAnyOrder(
            "2:\t\u0000", "3:\t\u0000", "3:connection refused: 9", "0:hello");
    socket.abort();
    assertThat(server.nodes.closed.poll(20, TimeUnit.SECONDS)).isEqualTo(NOBODY);
    assertThat(server.nodes.closed.poll(20, TimeUnit.SECONDS)).isEqualTo(ECHO);
  }

  @Test
  void badWishesAreRefused() throws Exception {
    try (var socket = server.socket()) {
      assertThat(StreamClients.upgrade(socket, PATH, "v4.channel.k8s.io"))
          .startsWith("HTTP/1.1 403")
          .contains("X-Accepted-Stream-Protocol-Versions: portforward.k8s.io");
    }
    var client = server.admin(Version.HTTP_1_1);
    assertThat(server.get(client, PATH).body()).contains("you must specify an upgrade");
    for (var ports : new String[] {"", "?ports=", "?ports=0", "?ports=65536", "?ports=7,x"}) {
      try (var socket = server.socket()) {
        assertThat(StreamClients.webSocket(socket, PATH + ports, ""))
            .as(ports)
            .startsWith("HTTP/1.1 400");
      }
    }
  }

  private static SpdyClient forward(SSLSocket socket) throws IOException {
    assertThat(StreamClients.upgrade(socket, PATH, SpdyForward.PROTOCOL))
        .startsWith("HTTP/1.1 101")
        .contains("X-Stream-Protocol-Version: portforward.k8s.io");
    return new SpdyClient(socket.getInputStream(), socket.getOutputStream());
  }
}
