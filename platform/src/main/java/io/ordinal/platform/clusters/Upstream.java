package io.ordinal.platform.clusters;

import io.ordinal.platform.users.Account;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The API server of a cluster, as the gateway reaches it.
///
/// It speaks HTTP/1.1: a connection for each request under way, kept for the next one. With HTTP/2
/// all users of a cluster would share one connection, and a watch that its browser does not read
/// could fill the window of everybody.
public final class Upstream implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 1024 * 1024;

  private static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final String WHO_AM_I =
      "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";
  private static final String SOMEBODY = "ordinal:somebody";

  private static final String MAY_I = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  private final Access access;
  private final SSLContext tls;
  private final HttpClient http;

  Upstream(Access access) {
    this.access = access;
    this.tls = access.tls();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(tls)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /// Where it is.
  public URI server() {
    return access.server();
  }

  /// TLS to it.
  public SSLContext tls() {
    return tls;
  }

  /// The gateway's own bearer token; "" when its certificate speaks for it.
  public String token() {
    return access.token();
  }

  /// A request with the gateway's credentials.
  public HttpRequest.Builder request(String pathAndQuery) {
    var request = HttpRequest.newBuilder(URI.create(access.server() + pathAndQuery));
    if (!access.token().isEmpty()) request.header("Authorization", "Bearer " + access.token());
    return request;
  }

  /// Sends a request.
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    return http.send(request, body);
  }

  /// Sends a request and takes the whole answer; see the other [#whole].
  public HttpResponse<byte[]> whole(HttpRequest request, Duration patience, int mostBytes)
      throws IOException, InterruptedException {
    return whole(http, request, patience, mostBytes);
  }

  /// Sends a request and takes the whole answer. A request's own timeout ends with the head of the
  /// answer, and nothing bounds its body: who sends a byte a minute, or bytes without end, could
  /// keep whoever asks.
  ///
  /// @throws IOException also when the answer is not there in time, or too large
  public static HttpResponse<byte[]> whole(
      HttpClient http, HttpRequest request, Duration patience, int mostBytes)
      throws IOException, InterruptedException {
    var answer =
        http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), mostBytes));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer within %d ms".formatted(patience.toMillis()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException why) throw why;
      throw new IOException("it cannot be asked", e);
    } finally {
      answer.cancel(true);
    }
  }

  /// Asks something as the gateway itself.
  ///
  /// @throws IOException when it does not answer, or no
  public JsonNode ask(String method, String path, String body)
      throws IOException, InterruptedException {
    return read(method, path, whole(asking(method, path, body).build()));
  }

  /// Whether we may act for users and their groups, and are taken for them.
  ///
  /// @throws IOException when it does not answer
  boolean mayImpersonate() throws IOException, InterruptedException {
    return mayBe("users") && mayBe("groups") && believesImpersonation();
  }

  /// Who may not even ask may not.
  private boolean mayBe(String resource) throws IOException, InterruptedException {
    var review =
        """
        {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview",
         "spec":{"resourceAttributes":{"verb":"impersonate","resource":"%s"}}}\
        """
            .formatted(resource);
    var answer = whole(asking("POST", MAY_I, review).build());
    if (answer.statusCode() == 403) return false;
    return read("POST", MAY_I, answer).at("/status/allowed").asBoolean(false);
  }

  /// Whether it takes us for somebody else when we say so. Something in between, another console's
  /// gateway for one, may take the words away that say it. Clusters before 1.28 cannot be asked.
  private boolean believesImpersonation() throws IOException, InterruptedException {
    var request =
        asking("POST", WHO, WHO_AM_I)
            .header("Impersonate-User", SOMEBODY)
            .header("Impersonate-Group", Account.AUTHENTICATED)
            .build();
    var answer = whole(request);
    if (answer.statusCode() == 404) return true;
    var status = read("POST", WHO, answer).path("status");
    return status.at("/userInfo/username").asString("").equals(SOMEBODY);
  }

  private HttpRequest.Builder asking(String method, String path, String body) {
    var publisher =
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    return request(path)
        .method(method, publisher)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json");
  }

  private HttpResponse<byte[]> whole(HttpRequest request) throws IOException, InterruptedException {
    return whole(request, ASK_TIMEOUT, MOST_BYTES);
  }

  private static JsonNode read(String method, String path, HttpResponse<byte[]> answer)
      throws IOException {
    if (answer.statusCode() >= 300) {
      throw new IOException("it answers " + answer.statusCode() + " to " + method + " " + path);
    }
    try {
      return JsonMapper.shared().readTree(answer.body());
    } catch (JacksonException e) {
      throw new IOException("it answers no JSON to " + method + " " + path, e);
    }
  }

  /// Whether something is there.
  boolean has(String path) throws IOException, InterruptedException {
    return whole(request(path).build()).statusCode() == 200;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
