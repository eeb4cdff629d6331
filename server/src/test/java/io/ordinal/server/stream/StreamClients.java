package io.ordinal.server.stream;

import io.ordinal.server.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/// How clients ask for a connection that leaves HTTP.
final class StreamClients {
  private StreamClients() {}

  /// Asks for SPDY; answers the head of the answer.
  static String upgrade(SSLSocket socket, String path, String protocol) throws IOException {
    var request =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n"
            + "X-Stream-Protocol-Version: "
            + protocol
            + "\r\nContent-Length: 0\r\n\r\n";
    return ask(socket, request);
  }

  /// Asks for a WebSocket; answers the head of the answer.
  ///
  /// @param protocol empty = none is named
  static String webSocket(SSLSocket socket, String path, String protocol) throws IOException {
    var request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            + (protocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + protocol + "\r\n")
            + "\r\n";
    return ask(socket, request);
  }

  private static String ask(SSLSocket socket, String request) throws IOException {
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

  /// Opens a WebSocket as the administrator.
  static WebSocket open(
      TestServer server, String path, String protocol, WebSocket.Listener listener)
      throws Exception {
    return server
        .admin(Version.HTTP_1_1)
        .newWebSocketBuilder()
        .subprotocols(protocol)
        .buildAsync(URI.create("wss://localhost:" + server.port + path), listener)
        .get(20, TimeUnit.SECONDS);
  }
}
