package io.ordinal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.schema.Schemas;
import io.ordinal.server.auth.Credentials;
import io.ordinal.server.auth.TokenConfig;
import io.ordinal.server.auth.TokenKeys;
import io.ordinal.server.builtin.BuiltIn;
import io.ordinal.server.registry.Surroundings;
import io.ordinal.store.MemoryStore;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InFlightTest {
  private static final ApiRequest VERSION = ApiRequest.get("/version", User.ANONYMOUS);
  private static final byte[] EMPTY = {};

  @Test
  void whoSendsItsBodySlowlyKeepsNobodyOut() throws Exception {
    try (var api = server(1)) {
      var waits = new CountDownLatch(1);
      var sent = new CompletableFuture<byte[]>();
      var slow = new CompletableFuture<ApiResponse>();
      RequestBody body =
          () -> {
            waits.countDown();
            return sent.join();
          };
      Thread.ofVirtual().start(() -> slow.complete(api.handle(VERSION, Credentials.NONE, body)));
      waits.await();
      assertThat(api.handle(VERSION, Credentials.NONE, () -> EMPTY).status()).isEqualTo(200);
      sent.complete(EMPTY);
      assertThat(slow.get().status()).isEqualTo(200);
    }
  }

  @Test
  void theLimitIsForConnectionsOnly() {
    try (var api = server(0)) {
      assertThat(api.handle(VERSION, Credentials.NONE, () -> EMPTY).status()).isEqualTo(429);
      assertThat(api.handle(ApiRequest.get("/api/v1/pods", User.admin())).status()).isEqualTo(200);
    }
  }

  private static ApiServer server(int mostInFlight) {
    var tokens = new TokenKeys(TestAuthority.newKeys(), List.of());
    var config =
        new ServerConfig(TokenConfig.of("https://issuer", tokens), List.of(), mostInFlight);
    var store = MemoryStore.create();
    var schemas = Schemas.load();
    var surroundings = new Surroundings(Clock.systemUTC(), new Random(1), Runnable::run);
    var builtIn = BuiltIn.on(store, schemas, "10.96.0.0/16", surroundings);
    var backing = new ApiServer.Backing(store, schemas);
    return new ApiServer(config, builtIn, backing, new TestNodes(), surroundings);
  }
}
