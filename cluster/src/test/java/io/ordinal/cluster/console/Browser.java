package io.ordinal.cluster.console;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A browser with a page of the console in it: it sends the origin, the cookie and the CSRF token.
final class Browser {

  private final String origin;
  final HttpClient http;
  String cookie = "";
  String csrf = "";

  /// @param trust whom it trusts
  /// @param origin of the console
  Browser(SSLContext trust, String origin) {
    this.origin = origin;
    this.http =
        HttpClient.newBuilder().sslContext(trust).connectTimeout(Duration.ofSeconds(20)).build();
  }

  Browser signedIn(String user, String password) throws IOException, InterruptedException {
    var answer = signIn(user, password);
    if (answer.statusCode() != 200) throw new AssertionError(answer.body());
    return this;
  }

  HttpResponse<String> signIn(String user, String password)
      throws IOException, InterruptedException {
    var body = JsonMapper.shared().createObjectNode();
    body.put("username", user).put("password", password);
    var answer = send("POST", "/session", body.toString());
    if (answer.statusCode() == 200) {
      cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0];
      csrf = json(answer).path("csrf").asString();
    }
    return answer;
  }

  /// Follows a link to another site.
  HttpResponse<String> at(String address) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofMinutes(1));
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  /// The usual headers of a page's request.
  List<String> headers() {
    var headers = new ArrayList<>(List.of("Origin", origin));
    if (!cookie.isEmpty()) headers.addAll(List.of("Cookie", cookie, "X-Ordinal-CSRF", csrf));
    return headers;
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return sendWith(headers(), method, path, body);
  }

  /// Asks for a cluster to be added.
  HttpResponse<String> addCluster(String name, String kubeconfig)
      throws IOException, InterruptedException {
    var body = JsonMapper.shared().createObjectNode();
    return send(
        "POST", "/clusters", body.put("name", name).put("kubeconfig", kubeconfig).toString());
  }

  /// Opens what comes piece by piece, as a watch does.
  HttpResponse<InputStream> open(String path) throws IOException, InterruptedException {
    return openWith(headers(), path);
  }

  HttpResponse<InputStream> openWith(List<String> headers, String path)
      throws IOException, InterruptedException {
    return http.send(request(headers, "GET", path, ""), BodyHandlers.ofInputStream());
  }

  /// Sends a merge patch.
  HttpResponse<String> patch(String path, String patch) throws IOException, InterruptedException {
    return patchWith(headers(), path, patch);
  }

  HttpResponse<String> patchWith(List<String> headers, String path, String patch)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(Duration.ofMinutes(1))
            .method("PATCH", BodyPublishers.ofString(patch))
            .headers(headers.toArray(String[]::new))
            .header("Content-Type", "application/merge-patch+json")
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  /// With exactly these headers, by pairs.
  HttpResponse<String> sendWith(List<String> headers, String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(request(headers, method, path, body), BodyHandlers.ofString());
  }

  HttpRequest request(List<String> headers, String method, String path, String body) {
    var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    var request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(Duration.ofMinutes(1))
            .method(method, publisher);
    if (!body.isEmpty()) request.header("Content-Type", "application/json");
    for (int i = 0; i + 1 < headers.size(); i += 2)
      request.header(headers.get(i), headers.get(i + 1));
    return request.build();
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }
}
