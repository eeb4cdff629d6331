package io.ordinal.platform.gateway;

import io.ordinal.platform.answer.Refusal;
import io.ordinal.platform.clusters.Member;
import io.ordinal.platform.http.Exchange;
import io.ordinal.platform.sessions.Streams;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.Set;

/// Passes requests on to clusters, each as the user who sent it: the cluster's own RBAC decides.
///
/// The gateway holds back nothing: a piece of a body goes on as soon as it is there, in both
/// directions, so watches and logs need no code of their own.
public final class Gateway {

  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final int BUFFER_BYTES = 32 * 1024;
  private static final int UNAUTHORIZED = 401;

  private final Streams streams;
  private final Tunnel tunnel;

  public Gateway(Streams streams) {
    this.streams = streams;
    this.tunnel = new Tunnel(streams);
  }

  /// Passes a request on.
  ///
  /// @param path below the cluster's root, raw
  /// @throws Refusal when the path is refused, or the cluster does not answer
  public void pass(Exchange exchange, Traveller traveller, Member cluster, String path)
      throws IOException, InterruptedException {
    var api = ApiPath.parse(path);
    if (!METHODS.contains(exchange.method())) throw Refusal.methodNotAllowed();
    // What a cluster answers is data, also when it claims to be a page.
    exchange.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
    if (exchange.wantsUpgrade()) {
      tunnel.open(exchange, traveller, cluster, target(exchange, api));
      return;
    }
    var request = request(exchange, traveller, cluster, api);
    var awaited = new Awaited();
    // Before the cluster is asked: it answers by the rights of that moment.
    try (var _ = opened(exchange, traveller, awaited)) {
      var answer = send(request, cluster);
      if (answer.statusCode() == UNAUTHORIZED) {
        discard(answer.body(), exchange);
        throw refusedUs(cluster);
      }
      try (var in = answer.body()) {
        awaited.came(in);
        // Who signed out, or lost a group, since the check at the door is found by a second look.
        if (mayStream(exchange) && !traveller.stillGood().getAsBoolean()) awaited.close();
        answer(exchange, answer, in);
      }
    }
    exchange.callback().succeeded();
  }

  /// Only an answer that may go on is for those who end streams to find. What has been done is
  /// told, also to him whom it has cost his rights: an owner who takes himself out of a business.
  private Closeable opened(Exchange exchange, Traveller traveller, Awaited awaited) {
    return mayStream(exchange)
        ? streams.opened(traveller.user(), traveller.credential(), awaited)
        : () -> {};
  }

  private static boolean mayStream(Exchange exchange) {
    return exchange.method().equals("GET");
  }

  /// To its end, so that its connection lives on.
  private static void discard(InputStream body, Exchange exchange) {
    exchange.request().addFailureListener(_ -> Streams.closeQuietly(body));
    try (body) {
      body.readNBytes(BUFFER_BYTES);
    } catch (IOException e) {
      // What it would have said is not passed on anyway.
    }
  }

  static Refusal refusedUs(Member cluster) {
    return Refusal.badGateway(
        "cluster \"%s\" does not accept the gateway's credentials".formatted(cluster.id()));
  }

  static Refusal silent(Member cluster, IOException e) {
    var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return Refusal.unavailable("cluster \"%s\" does not answer: %s".formatted(cluster.id(), why));
  }

  private static String target(Exchange exchange, ApiPath path) {
    var query = exchange.request().getHttpURI().getQuery();
    return query == null ? path.raw() : path.raw() + "?" + query;
  }

  private static HttpRequest request(
      Exchange exchange, Traveller traveller, Member cluster, ApiPath path) throws IOException {
    HttpRequest.Builder request;
    try {
      request = cluster.upstream().request(target(exchange, path));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("the query of the URL has characters that must be escaped");
    }
    request.method(exchange.method(), body(exchange));
    PassedHeaders.request(exchange, request::header);
    traveller.impersonate(cluster, request::header);
    return request.build();
  }

  /// With HTTP/2 a request without a body need not say that it has none: its first byte tells.
  private static BodyPublisher body(Exchange exchange) throws IOException {
    var length = exchange.request().getLength();
    if (WITHOUT_BODY.contains(exchange.method()) || length == 0) return BodyPublishers.noBody();
    var whole = exchange.handOn();
    if (length > 0) {
      return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> whole), length);
    }
    var in = new PushbackInputStream(whole);
    var first = in.read();
    if (first < 0) return BodyPublishers.noBody();
    in.unread(first);
    return BodyPublishers.ofInputStream(() -> in);
  }

  private static HttpResponse<InputStream> send(HttpRequest request, Member cluster)
      throws InterruptedException {
    try {
      return cluster.upstream().send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw silent(cluster, e);
    }
  }

  private static void answer(Exchange exchange, HttpResponse<?> answer, InputStream in)
      throws IOException {
    var response = exchange.response();
    response.setStatus(answer.statusCode());
    answer
        .headers()
        .map()
        .forEach((name, values) -> {
          if (!PassedHeaders.comesBack(name)) return;
          values.forEach(value -> response.getHeaders().add(name, value));
        });
    var length = answer.headers().firstValueAsLong("content-length").orElse(-1);
    if (length >= 0) response.getHeaders().put("Content-Length", length);
    exchange.request().addIdleTimeoutListener(_ -> false);
    exchange.request().addFailureListener(_ -> Streams.closeQuietly(in));
    copy(in, exchange.method().equals("HEAD") ? 0 : length, exchange);
  }

  /// The headers go out before the first piece: whoever opens a watch waits for them.
  ///
  /// It reads to the end, also when no byte is missing any more: a body that is closed before its
  /// end was read takes the connection down, which the next request may be on already.
  private static void copy(InputStream in, long length, Exchange exchange) throws IOException {
    if (length <= 0) exchange.write(length == 0, ByteBuffer.allocate(0));
    var buffer = new byte[BUFFER_BYTES];
    var left = length;
    for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      left -= n;
      exchange.write(left == 0, ByteBuffer.wrap(buffer, 0, n));
    }
    if (left > 0) throw new IOException("the cluster's answer was cut off");
    if (length < 0) exchange.write(true, ByteBuffer.allocate(0));
  }
}
