package io.ordinal.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A lean client of one cluster's API: HTTP/2 over as many connections as its callers need, so that
/// none carries more than 50 streams; no compression; bodies as bytes.
final class Api implements AutoCloseable {

  static final int STREAMS = 50;
  private static final int WINDOW = 16 << 20;

  private final Endpoint endpoint;
  private final RandomGenerator random;
  private final HTTP2Client client = new HTTP2Client();
  private final SslContextFactory.Client tls = new SslContextFactory.Client();
  private final List<Http2Connection> connections = new ArrayList<>();

  Api(Endpoint endpoint, RandomGenerator random) {
    this.endpoint = endpoint;
    this.random = random;
    var threads = new QueuedThreadPool(16, 4);
    threads.setDaemon(true);
    client.setExecutor(threads);
    client.setIdleTimeout(0);
    client.setStreamIdleTimeout(0);
    client.setInitialSessionRecvWindow(WINDOW);
    client.setInitialStreamRecvWindow(WINDOW);
    tls.setSslContext(endpoint.tls());
    try {
      tls.start();
      client.addBean(tls);
      client.start();
    } catch (Exception e) {
      throw new IllegalStateException("the client cannot be started", e);
    }
  }

  String name() {
    return endpoint.name();
  }

  /// The connection of a caller: callers are numbered, and 50 of them share one.
  private synchronized Http2Connection connection(int caller)
      throws IOException, InterruptedException {
    var index = caller / STREAMS;
    while (connections.size() <= index) {
      connections.add(Http2Connection.open(client, tls, endpoint.server()));
    }
    if (connections.get(index).isClosed()) {
      connections.set(index, Http2Connection.open(client, tls, endpoint.server()));
    }
    return connections.get(index);
  }

  /// Sends a request on a caller's connection and answers the body.
  ///
  /// @throws IOException also when the answer is not a success
  byte[] send(int caller, String method, String path, String body)
      throws IOException, InterruptedException {
    return checked(exchange(caller, method, path, body), method, path).body();
  }

  byte[] send(String method, String path, String body) throws IOException, InterruptedException {
    return send(0, method, path, body);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(send("GET", path, ""));
  }

  /// Sends a request whose answer does not matter, as for what may be gone already.
  void sendAnyway(String method, String path) throws IOException, InterruptedException {
    exchange(0, method, path, "");
  }

  /// Whether the path answers with a success just now.
  boolean answers(String path) throws InterruptedException {
    try {
      send("GET", path, "");
      return true;
    } catch (IOException _) {
      return false; // not listening yet, or not ready
    }
  }

  /// An answer without end, such as a watch.
  interface Following extends AutoCloseable {
    /// Ends it.
    @Override
    void close();
  }

  /// Reads the lines of an answer without end, on a thread that must not wait, until it is closed.
  ///
  /// @throws IOException when the server does not begin such an answer
  Following follow(int caller, String path, Lines.Reader reader)
      throws IOException, InterruptedException {
    var call = connection(caller).follow(path, headers("GET"), new Lines(reader));
    var status = await(call.head(), path);
    if (status >= 300) {
      throw new IOException("GET " + path + ": " + status);
    }
    return call.cancel()::run;
  }

  private Http2Connection.Answer exchange(int caller, String method, String path, String body)
      throws IOException, InterruptedException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return await(connection(caller).send(method, path, headers(method), bytes).end(), path);
  }

  private static <T> T await(CompletableFuture<T> answer, String path)
      throws IOException, InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IOException(path + ": " + e.getCause(), e);
    }
  }

  private HttpFields headers(String method) {
    var fields =
        HttpFields.build()
            .add("accept", "application/json")
            .add(
                "content-type",
                method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
    endpoint.token().ifPresent(token -> fields.add("authorization", "Bearer " + token));
    return fields;
  }

  private static Http2Connection.Answer checked(
      Http2Connection.Answer answer, String method, String path) throws IOException {
    if (answer.status() >= 300) {
      var text = new String(answer.body(), StandardCharsets.UTF_8);
      throw new IOException(
          "%s %s: %d %s"
              .formatted(
                  method, path, answer.status(), text.substring(0, Math.min(300, text.length()))));
    }
    return answer;
  }

  /// Makes a namespace of a name that nobody has.
  String createNamespace() throws IOException, InterruptedException {
    var name = "ordinal-bench-%06x".formatted(random.nextInt(1 << 24)).toLowerCase(Locale.ROOT);
    send(
        "POST",
        "/api/v1/namespaces",
        "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + name + "\"}}");
    return name;
  }

  void deleteNamespace(String name) throws IOException, InterruptedException {
    for (var resource : List.of("configmaps", "pods")) {
      sendAnyway("DELETE", "/api/v1/namespaces/" + name + "/" + resource);
    }
    sendAnyway("DELETE", "/api/v1/namespaces/" + name);
  }

  @Override
  public void close() {
    connections.forEach(Http2Connection::close);
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the client cannot be stopped", e);
    }
  }
}
