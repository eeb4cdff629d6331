package io.ordinal.server.http;

import io.ordinal.http.Unread;
import io.ordinal.server.ApiRequest;
import io.ordinal.server.ApiResponse;
import io.ordinal.server.ApiServer;
import io.ordinal.server.Frames;
import io.ordinal.server.Headers;
import io.ordinal.server.Query;
import io.ordinal.server.RequestBody;
import io.ordinal.server.Status;
import io.ordinal.server.User;
import io.ordinal.server.answer.AnswerEncoder;
import io.ordinal.server.auth.Credentials;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From Jetty's request to ours, and from our answer to Jetty's.
final class RequestHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
  private static final byte[] NO_BODY = {};

  private final ApiServer api;
  private final BodyReader bodies;
  private final ResponseWriter writer;
  private final Upgrades upgrades;
  private final WatchPump watches;
  private final Set<Frames> streams = ConcurrentHashMap.newKeySet();

  RequestHandler(
      ApiServer api, HttpConfig config, ServerWebSocketContainer webSockets, WatchPump watches) {
    this.api = api;
    this.bodies = new BodyReader(config);
    this.writer = new ResponseWriter(config);
    this.upgrades = new Upgrades(webSockets);
    this.watches = watches;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var exchange = new Exchange(request, response, callback);
    try {
      answer(exchange);
    } catch (IOException e) {
      LOG.debug("{} {}", request.getMethod(), request.getHttpURI(), e);
      callback.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    }
    return true;
  }

  private void answer(Exchange exchange) throws IOException, InterruptedException {
    var asked = asked(exchange.request());
    var body = new Body(exchange.request());
    if (asked.isEmpty()) {
      var status = Status.badRequest("the query of the URL has a broken escape");
      var nobody = ApiRequest.get("/", User.ANONYMOUS);
      whole(AnswerEncoder.status(status, nobody), nobody, exchange, body);
      return;
    }
    var request = asked.get();
    switch (api.handle(request, credentials(exchange.request()), body)) {
      case ApiResponse.Whole whole -> whole(whole, request, exchange, body);
      case ApiResponse.Streamed streamed -> stream(streamed, request, exchange);
      case ApiResponse.Upgrade upgrade -> {
        var refusal = upgrades.call(upgrade, request, exchange);
        if (refusal.isPresent()) {
          whole(refusal.get(), request, exchange, body);
        }
      }
    }
  }

  /// A body that is read once somebody asks for it.
  private final class Body implements RequestBody {
    private final Request request;
    private boolean read;

    private Body(Request request) {
      this.request = request;
    }

    @Override
    public byte[] read() {
      read = true;
      return bodies.read(request);
    }

    private void discard() {
      if (!read) Unread.discard(request);
    }
  }

  private void whole(ApiResponse.Whole whole, ApiRequest asked, Exchange exchange, Body body)
      throws IOException {
    body.discard();
    var withBody = !asked.method().equals("HEAD");
    writer.write(whole, asked.headers(), exchange.response(), withBody);
    exchange.callback().succeeded();
  }

  private void stream(ApiResponse.Streamed streamed, ApiRequest asked, Exchange exchange)
      throws IOException, InterruptedException {
    var frames = streamed.frames();
    if (upgrades.isWebSocket(asked)) {
      streams.add(frames);
      upgrades.watch(frames, () -> streams.remove(frames), exchange);
      return;
    }
    if (asked.query().flag("watch")) {
      ResponseWriter.start(streamed.status(), streamed.headers(), exchange.response());
      watches.send(frames, exchange);
      return;
    }
    streams.add(frames);
    try (frames) {
      exchange.request().addIdleTimeoutListener(_ -> false);
      exchange.request().addFailureListener(_ -> frames.close());
      writer.write(streamed, exchange.response());
      exchange.callback().succeeded();
    } finally {
      streams.remove(frames);
    }
  }

  /// Ends all watches and logs: their clients will come again.
  void endStreams() {
    watches.close();
    streams.forEach(Frames::close);
  }

  /// Empty when the query cannot be decoded.
  private static Optional<ApiRequest> asked(Request request) {
    var uri = request.getHttpURI();
    var query = uri.getQuery();
    try {
      return Optional.of(
          new ApiRequest(
              request.getMethod(),
              uri.getDecodedPath(),
              query == null ? Query.NONE : Query.parse(query),
              headers(request),
              User.ANONYMOUS,
              NO_BODY));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Headers headers(Request request) {
    var list = new ArrayList<String>();
    for (var field : request.getHeaders()) {
      list.add(field.getName());
      list.add(String.valueOf(field.getValue()));
    }
    return Headers.of(list.toArray(String[]::new));
  }

  private static Credentials credentials(Request request) {
    var authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    return new Credentials(certificates(request), authorization == null ? "" : authorization);
  }

  private static List<X509Certificate> certificates(Request request) {
    if (request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE)
        instanceof EndPoint.SslSessionData data) {
      var peer = data.peerCertificates();
      return peer == null ? List.of() : List.of(peer);
    }
    return List.of();
  }
}
