package io.ordinal.cluster.door;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import io.fabric8.kubernetes.client.http.WebSocketUpgradeResponse;
import io.ordinal.server.ApiRequest;
import io.ordinal.server.ApiResponse;
import io.ordinal.server.Headers;
import io.ordinal.server.Query;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// fabric8's HTTP client on top of a [Door]. Its futures are complete when they are returned.
final class InProcessHttpClient
    extends StandardHttpClient<InProcessHttpClient, Door.Factory, InProcessHttpClient.Builder> {

  private static final byte[] EMPTY = {};

  /// Creates clients; interceptors and timeouts mean nothing here.
  static final class Builder
      extends StandardHttpClientBuilder<InProcessHttpClient, Door.Factory, Builder> {

    Builder(Door.Factory factory) {
      super(factory);
    }

    @Override
    public InProcessHttpClient build() {
      return new InProcessHttpClient(
          this, client == null ? new AtomicBoolean() : client.getClosed());
    }

    @Override
    protected Builder newInstance(Door.Factory factory) {
      return new Builder(factory);
    }
  }

  private final Door.Factory origin;

  private InProcessHttpClient(Builder builder, AtomicBoolean closed) {
    super(builder, closed);
    origin = builder.getClientFactory();
  }

  @Override
  public CompletableFuture<HttpResponse<AsyncBody>> consumeBytesDirect(
      StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    return CompletableFuture.completedFuture(
        new Reply(
            request, origin.door().handle(asApi(request)), consumer, origin.door().delivery()));
  }

  /// A watch arrives as a WebSocket first; every frame is one message. Anything else is refused.
  @Override
  public CompletableFuture<WebSocketResponse> buildWebSocketDirect(
      StandardWebSocketBuilder builder, WebSocket.Listener listener) {
    var request = builder.asHttpRequest();
    var response = origin.door().handle(asApi(request));
    if (response instanceof ApiResponse.Streamed streamed && streamed.status() == 200) {
      var socket = new WatchSocket(streamed.frames());
      listener.onOpen(socket);
      origin
          .door()
          .delivery()
          .carry(
              streamed.frames(),
              frame -> listener.onMessage(socket, new String(frame, StandardCharsets.UTF_8)),
              () -> listener.onClose(socket, WatchSocket.NORMAL, "the watch ended"));
      return CompletableFuture.completedFuture(
          new WebSocketResponse(new WebSocketUpgradeResponse(request), socket));
    }
    var refused = new WebSocketUpgradeResponse(request, response.status());
    return CompletableFuture.completedFuture(
        new WebSocketResponse(refused, new WebSocketHandshakeException(refused)));
  }

  @Override
  protected void doClose() {
    // Nothing is held open: streams end with their watch.
  }

  private ApiRequest asApi(StandardHttpRequest request) {
    URI uri = request.uri();
    var rawQuery = uri.getRawQuery();
    return new ApiRequest(
        request.method(),
        uri.getPath(),
        rawQuery == null ? Query.NONE : Query.parse(rawQuery),
        headersOf(request),
        origin.user(),
        bodyOf(request.body()));
  }

  private static Headers headersOf(StandardHttpRequest request) {
    var headers = Headers.NONE;
    var contentType = request.getContentType();
    if (contentType != null) headers = headers.with("Content-Type", contentType);
    for (var accept : request.headers("Accept")) headers = headers.with("Accept", accept);
    for (var agent : request.headers("User-Agent")) headers = headers.with("User-Agent", agent);
    return headers;
  }

  private static byte[] bodyOf(StandardHttpRequest.@Nullable BodyContent body) {
    return switch (body) {
      case null -> EMPTY;
      case StandardHttpRequest.StringBodyContent text ->
          text.getContent().getBytes(StandardCharsets.UTF_8);
      case StandardHttpRequest.ByteArrayBodyContent bytes -> bytes.getContent();
      case StandardHttpRequest.InputStreamBodyContent stream -> allOf(stream);
      default -> throw new IllegalArgumentException("a body of an unknown kind: " + body);
    };
  }

  private static byte[] allOf(StandardHttpRequest.InputStreamBodyContent stream) {
    try (var content = stream.getContent()) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
