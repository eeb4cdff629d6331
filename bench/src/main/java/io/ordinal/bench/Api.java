package io.ordinal.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A lean client of one cluster's API: HTTP/2 over as many connections as its callers need, so that
/// none carries more than 50 streams; no compression; bodies as bytes.
final class Api implements AutoCloseable {

  static final int STREAMS = 50;

  private final Endpoint endpoint;
  private final RandomGenerator random;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<HttpClient> connections = new ArrayList<>();

  Api(Endpoint endpoint, RandomGenerator random) {
    this.endpoint = endpoint;
    this.random = random;
  }

  String name() {
    return endpoint.name();
  }

  /// The connection of a caller: callers are numbered, and 50 of them share one.
  private synchronized HttpClient connection(int caller) {
    while (connections.size() <= caller / STREAMS) {
      connections.add(
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_2)
              .sslContext(endpoint.tls())
              .executor(threads)
              .build());
    }
    return connections.get(caller / STREAMS);
  }

  /// Sends a request on a caller's connection and answers the body.
  ///
  /// @throws IOException also when the answer is not a success
  byte[] send(int caller, String method, String path, String body)
      throws IOException, InterruptedException {
    var response = connection(caller).send(request(method, path, body), BodyHandlers.ofByteArray());
    return checked(response, method, path).body();
  }

  byte[] send(String method, String path, String body) throws IOException, InterruptedException {
    return send(0, method, path, body);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(send("GET", path, ""));
  }

  /// Sends a request whose answer does not matter, as for what may be gone already.
  void sendAnyway(String method, String path) throws IOException, InterruptedException {
    connection(0).send(request(method, path, ""), BodyHandlers.discarding());
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

  /// The body of a watch or another endless answer, to be closed by the caller.
  InputStream stream(int caller, String path) throws IOException, InterruptedException {
    var response = connection(caller).send(request("GET", path, ""), BodyHandlers.ofInputStream());
    if (response.statusCode() >= 300) {
      throw new IOException("GET " + path + ": " + response.statusCode());
    }
    return response.body();
  }

  private HttpRequest request(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(endpoint.server().resolve(path))
            .header("Accept", "application/json")
            .header(
                "Content-Type",
                method.equals("PATCH") ? "application/merge-patch+json" : "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    endpoint.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request.build();
  }

  private static HttpResponse<byte[]> checked(
      HttpResponse<byte[]> response, String method, String path) throws IOException {
    if (response.statusCode() >= 300) {
      var text = new String(response.body(), StandardCharsets.UTF_8);
      throw new IOException(
          "%s %s: %d %s"
              .formatted(
                  method,
                  path,
                  response.statusCode(),
                  text.substring(0, Math.min(300, text.length()))));
    }
    return response;
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
    connections.forEach(HttpClient::shutdownNow);
    threads.shutdownNow();
  }
}
