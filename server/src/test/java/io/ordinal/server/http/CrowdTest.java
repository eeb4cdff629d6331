package io.ordinal.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Very many connections that do nothing, and watchers that take nothing.
@Timeout(120)
class CrowdTest {
  private static final int CONNECTIONS = 5000;
  private static final int WITH_TLS = 50;

  /// Both ends of a connection live in this process.
  private static final long MOST_BYTES_EACH = 256 * 1024;

  @Test
  void thousandsOfIdleConnectionsDisturbNobodyAndCostLittle() throws Exception {
    try (var server = new TestServer()) {
      var before = usedBytes();
      var idle = connect(server);
      try {
        assertThat(idle).hasSize(CONNECTIONS);
        assertThat((usedBytes() - before) / CONNECTIONS).isLessThan(MOST_BYTES_EACH);
        var answer = server.get(server.admin(Version.HTTP_2), "/api/v1/configmaps");
        assertThat(answer.statusCode()).isEqualTo(200);
      } finally {
        for (var socket : idle) {
          socket.close();
        }
      }
    }
  }

  /// A handshake costs a client as much as the server, so only some get as far.
  private static List<Socket> connect(TestServer server) throws IOException {
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < WITH_TLS; i++) {
      var socket = server.socket();
      socket.startHandshake();
      sockets.add(socket);
    }
    while (sockets.size() < CONNECTIONS) {
      sockets.add(new Socket("localhost", server.port));
    }
    return sockets;
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void aWatcherThatTakesNothingIsCutOffAndDelaysNobody() throws Exception {
    try (var server = new TestServer(HttpConfig.USUAL.withStallTimeout(Duration.ofMillis(500)));
        var stalled = watch(server)) {
      assertThat(openWatches(server)).isEqualTo(1);
      for (int i = 0; i < 40; i++) {
        server.putConfigMap("large", "x".repeat(1 << 20));
      }
      var answer = server.get(server.admin(Version.HTTP_2), "/version");
      assertThat(answer.statusCode()).isEqualTo(200);
      while (openWatches(server) > 0) {
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(stalled.isClosed()).isFalse();
    }
  }

  private static Socket watch(TestServer server) throws IOException {
    var socket = server.socket();
    var request = "GET /api/v1/configmaps?watch=1 HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
    return socket;
  }

  private static int openWatches(TestServer server) {
    var name = "apiserver_longrunning_requests{verb=\"watch\"";
    return new String(server.api.metrics().text(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToInt(line -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
