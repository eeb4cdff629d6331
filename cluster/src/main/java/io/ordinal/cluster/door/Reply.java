package io.ordinal.cluster.door;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpHeaders;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.ordinal.server.ApiResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// An answer of the API server in fabric8's shape; its body starts to flow when it is asked for.
final class Reply extends StandardHttpHeaders implements HttpResponse<AsyncBody>, AsyncBody {

  private final StandardHttpRequest request;
  private final ApiResponse response;
  private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
  private final Delivery delivery;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private boolean flowing;

  Reply(
      StandardHttpRequest request,
      ApiResponse response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer,
      Delivery delivery) {
    super(mapOf(response));
    this.request = request;
    this.response = response;
    this.consumer = consumer;
    this.delivery = delivery;
  }

  private static Map<String, List<String>> mapOf(ApiResponse response) {
    Map<String, List<String>> map = new LinkedHashMap<>();
    response
        .headers()
        .forEach((name, value) -> map.computeIfAbsent(name, _ -> new ArrayList<>()).add(value));
    return map;
  }

  @Override
  public int code() {
    return response.status();
  }

  @Override
  public AsyncBody body() {
    return this;
  }

  @Override
  public HttpRequest request() {
    return request;
  }

  @Override
  public Optional<HttpResponse<?>> previousResponse() {
    return Optional.empty();
  }

  /// Everything comes at the first call; the consumer's further calls find nothing left to ask for.
  @Override
  public void consume() {
    if (flowing) return;
    flowing = true;
    switch (response) {
      case ApiResponse.Whole whole -> {
        hand(whole.body().stream().map(ByteBuffer::wrap).toList());
        done.complete(null);
      }
      case ApiResponse.Streamed streamed ->
          delivery.carry(
              streamed.frames(),
              frame -> hand(List.of(ByteBuffer.wrap(frame))),
              () -> done.complete(null));
      case ApiResponse.Upgrade _ ->
          done.completeExceptionally(
              new UnsupportedOperationException("exec needs a connection of its own"));
    }
  }

  private void hand(List<ByteBuffer> buffers) {
    try {
      consumer.consume(buffers, this);
    } catch (Exception e) {
      done.completeExceptionally(e);
    }
  }

  @Override
  public CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void cancel() {
    if (response instanceof ApiResponse.Streamed streamed) streamed.frames().close();
    done.cancel(false);
  }
}
