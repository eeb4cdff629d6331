package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import io.fabric8.kubernetes.client.http.StandardHttpHeaders;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An API server of pods on paper: numbered changes, lists, watches, and what can go wrong with
/// them. Everything happens on the caller's thread.
final class PaperServer {
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private record Change(long version, String line) {}

  final List<String> requests = new ArrayList<>();
  private final Map<String, Pod> pods = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Answer> watches = new ArrayList<>();
  private long version = 10;
  private int refusal;
  private long oldest;

  KubernetesClient client() {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                .withMasterUrl("http://paper/")
                .withRequestRetryBackoffLimit(0)
                .build())
        .withHttpClientFactory(() -> new Clients(this))
        .build();
  }

  synchronized void put(Pod pod) {
    var known = pods.containsKey(pod.getMetadata().getName());
    pod.getMetadata().setResourceVersion(Long.toString(++version));
    pods.put(pod.getMetadata().getName(), pod);
    tell(known ? "MODIFIED" : "ADDED", JSON.asJson(pod));
  }

  void delete(String name) {
    var pod = pods.remove(name);
    if (pod == null) throw new IllegalArgumentException(name);
    pod.getMetadata().setResourceVersion(Long.toString(++version));
    tell("DELETED", JSON.asJson(pod));
  }

  void bookmark() {
    version++;
    tell("BOOKMARK", "{\"kind\":\"Pod\",\"metadata\":{\"resourceVersion\":\"" + version + "\"}}");
  }

  /// All watches end politely.
  void endWatches() {
    List.copyOf(watches).forEach(Answer::end);
    watches.clear();
  }

  void breakWatches() {
    List.copyOf(watches).forEach(watch -> watch.fail("connection reset"));
    watches.clear();
  }

  /// Versions up to now can no longer be watched from.
  void compact() {
    oldest = version;
    changes.clear();
  }

  /// A watch is told that it fell too far behind.
  void expireWatches() {
    compact();
    version++;
    tell(
        "ERROR",
        "{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\",\"message\":\"too old\"}");
    changes.clear();
    endWatches();
  }

  /// Until further notice every request is answered with this code; 0 for no longer.
  void refuse(int code) {
    refusal = code;
  }

  private void tell(String type, String object) {
    var line = "{\"type\":\"" + type + "\",\"object\":" + object + "}\n";
    changes.add(new Change(version, line));
    watches.forEach(watch -> watch.send(line));
  }

  private synchronized Answer answer(
      StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> to) {
    var query = String.valueOf(request.uri().getQuery());
    requests.add(request.uri().getPath() + "?" + query);
    if (refusal != 0) return new Answer(request, refusal, to).whole("{\"code\":" + refusal + "}");
    if (!query.contains("watch=true")) return new Answer(request, 200, to).whole(list());
    long after = Long.parseLong(query.replaceAll(".*resourceVersion=([0-9]+).*", "$1"));
    if (after < oldest) return new Answer(request, 410, to).whole("{\"code\":410}");
    var watch = new Answer(request, 200, to);
    changes.stream().filter(change -> change.version > after).forEach(c -> watch.send(c.line));
    watches.add(watch);
    return watch;
  }

  private String list() {
    var items = pods.values().stream().map(JSON::asJson).collect(Collectors.joining(","));
    return "{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\"%d\"},\"items\":[%s]}"
        .formatted(version, items);
  }

  /// A response whose pieces come one for each time somebody asks.
  private static final class Answer extends StandardHttpHeaders
      implements HttpResponse<AsyncBody>, AsyncBody {
    private final StandardHttpRequest request;
    private final int code;
    private final AsyncBody.Consumer<List<ByteBuffer>> to;
    private final List<String> waiting = new ArrayList<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private int asked;
    private boolean complete;

    private Answer(StandardHttpRequest request, int code, AsyncBody.Consumer<List<ByteBuffer>> to) {
      super(Map.of());
      this.request = request;
      this.code = code;
      this.to = to;
    }

    private Answer whole(String text) {
      send(text);
      end();
      return this;
    }

    private synchronized void send(String piece) {
      waiting.add(piece);
      flow();
    }

    private synchronized void end() {
      complete = true;
      flow();
    }

    private void fail(String why) {
      done.completeExceptionally(new java.io.IOException(why));
    }

    private void flow() {
      while (asked > 0 && !waiting.isEmpty()) {
        asked--;
        var bytes = waiting.removeFirst().getBytes(StandardCharsets.UTF_8);
        // In two pieces: lines do not come whole from a network.
        int half = bytes.length / 2;
        hand(
            List.of(
                ByteBuffer.wrap(bytes, 0, half),
                ByteBuffer.wrap(bytes, half, bytes.length - half)));
      }
      if (complete && waiting.isEmpty()) done.complete(null);
    }

    private void hand(List<ByteBuffer> pieces) {
      try {
        to.consume(pieces, this);
      } catch (Exception e) {
        done.completeExceptionally(e);
      }
    }

    @Override
    public synchronized void consume() {
      asked++;
      flow();
    }

    @Override
    public CompletableFuture<Void> done() {
      return done;
    }

    @Override
    public void cancel() {
      done.cancel(false);
    }

    @Override
    public int code() {
      return code;
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
  }

  private static final class Clients
      extends StandardHttpClientBuilder<Client, HttpClient.Factory, Clients> {
    private final PaperServer server;

    private Clients(PaperServer server) {
      super(() -> new Clients(server));
      this.server = server;
    }

    @Override
    public Client build() {
      return new Client(this, server);
    }

    @Override
    protected Clients newInstance(HttpClient.@Nullable Factory factory) {
      return new Clients(server);
    }
  }

  private static final class Client
      extends StandardHttpClient<Client, HttpClient.Factory, Clients> {
    private final PaperServer server;

    private Client(Clients builder, PaperServer server) {
      super(builder, new AtomicBoolean());
      this.server = server;
    }

    @Override
    public CompletableFuture<HttpResponse<AsyncBody>> consumeBytesDirect(
        StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
      return CompletableFuture.completedFuture(server.answer(request, consumer));
    }

    @Override
    public CompletableFuture<WebSocketResponse> buildWebSocketDirect(
        StandardWebSocketBuilder builder, WebSocket.Listener listener) {
      throw new UnsupportedOperationException("informers open no WebSockets");
    }

    @Override
    protected void doClose() {}
  }
}
