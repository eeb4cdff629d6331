package io.ordinal.cluster.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/// A request byte for byte as the test says, and all that is answered to it.
record RawRequest(World world) {

  /// @param head the lines of the request without Host and Connection
  String send(String head) throws IOException {
    return sendTo("localhost:" + world.port(), head);
  }

  String sendTo(String host, String head) throws IOException {
    var first = head.lines().findFirst().orElseThrow();
    var rest = head.substring(first.length()).strip();
    var lines =
        first
            + "\r\nHost: "
            + host
            + "\r\nConnection: close\r\n"
            + (rest.isEmpty() ? "" : rest.replace("\n", "\r\n") + "\r\n");
    try (var socket = open()) {
      socket.getOutputStream().write((lines + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  SSLSocket open() throws IOException {
    var socket =
        (SSLSocket) world.trust().getSocketFactory().createSocket("127.0.0.1", world.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  static int status(String answer) {
    return Integer.parseInt(answer.split(" ", 3)[1]);
  }
}
