package io.ordinal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies that may have five bytes.
@Timeout(60)
class BodiesTest {

  private static final Duration LONG = Duration.ofSeconds(50);

  private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();

  private final class Taking extends Handler.Abstract {
    private final Duration patience;

    private Taking(Duration patience) {
      this.patience = patience;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      var body = new StringBuilder();
      var end =
          Bodies.take(
              request, 5, patience, bytes -> body.append(StandardCharsets.US_ASCII.decode(bytes)));
      taken.add(end + " " + body);
      callback.succeeded();
      return true;
    }
  }

  private PlainServer taking(Duration patience) throws Exception {
    return new PlainServer(new Taking(patience));
  }

  private static String post(String rest) {
    return "POST / HTTP/1.1\r\nHost: x\r\n" + rest;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\n\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"
      })
  void aBodyIsTakenInWhole(String rest) throws Exception {
    try (var server = taking(LONG);
        var connection = server.connect()) {
      connection.send(post(rest));
      assertThat(taken.take()).isEqualTo("WHOLE hello");
    }
  }

  @Test
  void oneByteMoreIsTooMuch() throws Exception {
    try (var server = taking(LONG);
        var connection = server.connect()) {
      connection.send(post("Content-Length: 6\r\n\r\nhello!"));
      assertThat(taken.take()).startsWith("TOO_LARGE");
    }
  }

  @Test
  void aBodyThatDripsIsGivenUp() throws Exception {
    try (var server = taking(Duration.ofMillis(100));
        var connection = server.connect()) {
      connection.send(post("Content-Length: 5\r\n\r\nhel"));
      assertThat(taken.take()).isEqualTo("TOO_LATE hel");
    }
  }

  @Test
  void aBodyWhoseSenderGoesIsBroken() throws Exception {
    try (var server = taking(LONG)) {
      try (var connection = server.connect()) {
        connection.send(post("Content-Length: 5\r\n\r\nhel"));
      }
      assertThat(taken.take()).isEqualTo("BROKEN hel");
    }
  }
}
