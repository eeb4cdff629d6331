package io.ordinal.platform.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Answers that are not what they should be.
@Timeout(60)
class UpstreamTest {

  private static final Duration LONG = Duration.ofSeconds(50);

  private final CountDownLatch over = new CountDownLatch(1);
  private final HttpClient http = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/dripping", this::drip);
    server.createContext("/hundred", exchange -> answer(exchange, 100));
    server.createContext("/unsaid", exchange -> answer(exchange, 0));
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    http.shutdownNow();
  }

  /// The head, one byte, and nothing more.
  private void drip(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, 2);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// @param said the length that the head tells; 0 for none
  private static void answer(HttpExchange exchange, int said) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, said);
      exchange.getResponseBody().write(new byte[100]);
    }
  }

  private HttpResponse<byte[]> ask(String path, Duration patience, int mostBytes)
      throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    return Upstream.whole(http, HttpRequest.newBuilder(uri).build(), patience, mostBytes);
  }

  @Test
  void aBodyThatDripsIsGivenUp() {
    assertThatThrownBy(() -> ask("/dripping", Duration.ofMillis(200), 100))
        .isInstanceOf(HttpTimeoutException.class)
        .hasMessage("no whole answer within 200 ms");
  }

  @Test
  void aBodyIsTakenUpToItsLimit() throws Exception {
    for (var path : new String[] {"/hundred", "/unsaid"}) {
      assertThat(ask(path, LONG, 100).body()).hasSize(100);
      assertThatThrownBy(() -> ask(path, LONG, 99))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("99");
    }
  }
}
