package io.ordinal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that refuses everything, and what becomes of the connection.
@Timeout(60)
class UnreadTest {

  private static final String AGAIN = "GET /again HTTP/1.1\r\nHost: x\r\n\r\n";

  private static final Server SERVER = new Server();
  private static final ServerConnector CONNECTOR = new ServerConnector(SERVER);

  @BeforeAll
  static void start() throws Exception {
    CONNECTOR.setHost("127.0.0.1");
    SERVER.addConnector(CONNECTOR);
    SERVER.setHandler(new Refusing());
    SERVER.start();
  }

  @AfterAll
  static void stop() throws Exception {
    SERVER.stop();
  }

  private static final class Refusing extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Unread.discard(request);
      response.setStatus(403);
      response.getHeaders().put("Content-Length", 0);
      response.getHeaders().put("Path", request.getHttpURI().getPath());
      response.write(true, ByteBuffer.allocate(0), callback);
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\n\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 0\r\n\r\n",
        "\r\n"
      })
  void theNextRequestIsHeardBehindASmallBody(String rest) throws IOException {
    try (var socket = open();
        var in = reader(socket)) {
      send(socket, "POST /first HTTP/1.1\r\nHost: x\r\n" + rest);
      assertThat(answered(in)).isEqualTo("/first");
      send(socket, AGAIN);
      assertThat(answered(in)).isEqualTo("/again");
    }
  }

  @Test
  void aBodyThatComesInPiecesIsTakenIn() throws IOException {
    try (var socket = open();
        var in = reader(socket)) {
      send(socket, "POST /first HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel");
      assertNothingComes(socket);
      send(socket, "lo" + AGAIN);
      assertThat(answered(in)).isEqualTo("/first");
      assertThat(answered(in)).isEqualTo("/again");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\n\r\nhel",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "Content-Length: 100000\r\n\r\nhel",
        "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n"
      })
  void whatDoesNotComeKeepsNobodyFromTheAnswer(String rest) throws IOException {
    try (var socket = open();
        var in = reader(socket)) {
      send(socket, "POST /first HTTP/1.1\r\nHost: x\r\n" + rest);
      assertThat(answered(in)).isEqualTo("/first");
      assertThat(in.read()).as("the connection ends").isEqualTo(-1);
    }
  }

  @Test
  void whatComesWithoutEndIsCutOff() throws IOException {
    try (var socket = open()) {
      send(socket, "POST /first HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      var piece = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
      assertThatThrownBy(
              () -> {
                for (var i = 0; i < 10_000; i++) {
                  send(socket, piece);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  private static Socket open() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), CONNECTOR.getLocalPort());
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  /// For a while that is much shorter than the patience with bodies.
  private static void assertNothingComes(Socket socket) throws IOException {
    socket.setSoTimeout(200);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout(0);
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  /// The path that the next answer is about; "" at the end of the connection.
  private static String answered(BufferedReader in) throws IOException {
    var path = "";
    for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.startsWith("Path: ")) path = line.substring("Path: ".length());
    }
    return path;
  }
}
