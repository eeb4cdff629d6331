package io.ordinal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
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
  private static final String PATH = "Path";

  private static PlainServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new PlainServer(new Refusing());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static final class Refusing extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Unread.discard(request);
      response.setStatus(403);
      response.getHeaders().put("Content-Length", 0);
      response.getHeaders().put(PATH, request.getHttpURI().getPath());
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
    try (var connection = server.connect()) {
      connection.send("POST /first HTTP/1.1\r\nHost: x\r\n" + rest);
      assertThat(connection.next(PATH)).isEqualTo("/first");
      connection.send(AGAIN);
      assertThat(connection.next(PATH)).isEqualTo("/again");
    }
  }

  @Test
  void aBodyThatComesInPiecesIsTakenIn() throws IOException {
    try (var connection = server.connect()) {
      connection.send("POST /first HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel");
      assertNothingComes(connection.socket());
      connection.send("lo" + AGAIN);
      assertThat(connection.next(PATH)).isEqualTo("/first");
      assertThat(connection.next(PATH)).isEqualTo("/again");
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
    try (var connection = server.connect()) {
      connection.send("POST /first HTTP/1.1\r\nHost: x\r\n" + rest);
      assertThat(connection.next(PATH)).isEqualTo("/first");
      assertThat(connection.in().read()).as("the connection ends").isEqualTo(-1);
    }
  }

  @Test
  void whatComesWithoutEndIsCutOff() throws IOException {
    try (var connection = server.connect()) {
      connection.send("POST /first HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      var piece = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
      assertThatThrownBy(
              () -> {
                for (var i = 0; i < 10_000; i++) {
                  connection.send(piece);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  /// For a while that is much shorter than the patience with bodies.
  private static void assertNothingComes(Socket socket) throws IOException {
    socket.setSoTimeout(200);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout(0);
  }
}
