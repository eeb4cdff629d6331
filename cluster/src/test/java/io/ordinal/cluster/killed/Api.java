package io.ordinal.cluster.killed;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The config maps of one namespace over TLS, without a client library that would repeat or repair
/// anything by itself.
final class Api implements AutoCloseable {

  private static final String PATH = "/api/v1/namespaces/default/configmaps";

  private final URI server;
  private final HttpClient http;
  private final BooleanSupplier killed;

  private Api(URI server, HttpClient http, BooleanSupplier killed) {
    this.server = server;
    this.killed = killed;
    this.http = http;
  }

  /// @param killed whether the server is being killed, and connections to it end
  static Api of(Path kubeconfig, BooleanSupplier killed)
      throws IOException, GeneralSecurityException {
    var config = Config.fromKubeconfig(kubeconfig.toFile());
    return new Api(
        URI.create(config.getMasterUrl()).resolve("/"),
        HttpClient.newBuilder().sslContext(SSLUtils.sslContext(config)).build(),
        killed);
  }

  JsonNode create(String name, String mark) throws IOException, InterruptedException {
    return send("POST", PATH, json(name, mark));
  }

  JsonNode replace(String name, String mark) throws IOException, InterruptedException {
    return send("PUT", PATH + "/" + name, json(name, mark));
  }

  JsonNode delete(String name) throws IOException, InterruptedException {
    return send("DELETE", PATH + "/" + name, "");
  }

  JsonNode list() throws IOException, InterruptedException {
    return send("GET", PATH, "");
  }

  /// The lines of a watch for what came after a revision.
  InputStream watch(long revision) throws IOException, InterruptedException {
    var path = PATH + "?watch=true&resourceVersion=" + revision;
    var answer = http.send(request("GET", path, ""), BodyHandlers.ofInputStream());
    if (answer.statusCode() >= 300) {
      throw new AssertionError("GET " + path + ": " + answer.statusCode());
    }
    return answer.body();
  }

  /// @throws IOException when the connection ended first: nobody knows whether it was done
  private JsonNode send(String method, String path, String body)
      throws IOException, InterruptedException {
    var answer = http.send(request(method, path, body), BodyHandlers.ofByteArray());
    var json = JsonMapper.shared().readTree(answer.body());
    if (answer.statusCode() >= 300) throw new AssertionError(method + " " + path + ": " + json);
    return json;
  }

  /// The connection ended: as it should when the server was killed, and never before.
  void ended(IOException end) {
    if (!killed.getAsBoolean()) throw new AssertionError("ended before the server did", end);
  }

  private HttpRequest request(String method, String path, String body) {
    return HttpRequest.newBuilder(server.resolve(path))
        .header("Accept", "application/json")
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body))
        .build();
  }

  private static String json(String name, String mark) {
    return """
    {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "%s"}, "data": {"mark": "%s"}}
    """
        .formatted(name, mark);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
