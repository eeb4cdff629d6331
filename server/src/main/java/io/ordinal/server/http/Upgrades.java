package io.ordinal.server.http;

import io.ordinal.http.RawConnection;
import io.ordinal.server.ApiException;
import io.ordinal.server.ApiRequest;
import io.ordinal.server.ApiResponse.Upgrade;
import io.ordinal.server.ApiResponse.Whole;
import io.ordinal.server.ExecCall;
import io.ordinal.server.ExecSession;
import io.ordinal.server.Frames;
import io.ordinal.server.Status;
import io.ordinal.server.answer.AnswerEncoder;
import io.ordinal.server.stream.SpdyExec;
import io.ordinal.server.stream.WebSocketExec;
import io.ordinal.server.stream.WebSocketWatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/// Turns an HTTP/1.1 connection into one of another protocol: a WebSocket, or SPDY/3.1.
final class Upgrades {
  private static final String SPDY = "SPDY/3.1";
  private static final String SPDY_PROTOCOL = "X-Stream-Protocol-Version";

  private final ServerWebSocketContainer webSockets;

  Upgrades(ServerWebSocketContainer webSockets) {
    this.webSockets = webSockets;
  }

  /// Whether the client wants to go on with a WebSocket.
  boolean isWebSocket(ApiRequest asked) {
    return wants(asked, "websocket");
  }

  private static boolean wants(ApiRequest asked, String protocol) {
    return asked.headers().has("Connection", "upgrade") && asked.headers().has("Upgrade", protocol);
  }

  /// Starts the command and upgrades the connection, or says why not.
  Optional<Whole> exec(Upgrade upgrade, ApiRequest asked, Exchange exchange) {
    upgrade.headers().forEach(exchange.response().getHeaders()::put);
    try {
      if (isWebSocket(asked)) {
        return webSocketExec(upgrade.call(), asked, exchange);
      }
      if (wants(asked, SPDY)) {
        return spdyExec(upgrade.call(), asked, exchange);
      }
      return Optional.of(
          AnswerEncoder.status(
              Status.badRequest("you must specify an upgrade: websocket or " + SPDY), asked));
    } catch (ApiException e) {
      return Optional.of(AnswerEncoder.status(e.status(), asked));
    }
  }

  private Optional<Whole> webSocketExec(ExecCall call, ApiRequest asked, Exchange exchange) {
    var protocol = WebSocketExec.choose(listed(asked, "Sec-WebSocket-Protocol"));
    if (protocol.isEmpty()) {
      return Optional.of(
          AnswerEncoder.status(
              Status.badRequest("none of the WebSocket protocols is supported"), asked));
    }
    var session = call.start();
    if (!open(new WebSocketExec(call, session, protocol.get()), protocol.get(), exchange)) {
      session.close();
      return Optional.of(
          AnswerEncoder.status(Status.badRequest("not a WebSocket handshake"), asked));
    }
    return Optional.empty();
  }

  /// Streams a watch as text messages. The frames are closed at its end.
  void watch(Frames frames, Runnable atEnd, Exchange exchange) {
    if (!open(new WebSocketWatch(frames, atEnd), "", exchange)) {
      atEnd.run();
      frames.close();
      exchange.callback().failed(new IllegalStateException("not a WebSocket handshake"));
    }
  }

  private boolean open(Object endpoint, String protocol, Exchange exchange) {
    return webSockets.upgrade(
        (_, response, _) -> {
          if (!protocol.isEmpty()) {
            response.setAcceptedSubProtocol(protocol);
          }
          return endpoint;
        },
        exchange.request(),
        exchange.response(),
        exchange.callback());
  }

  private static Optional<Whole> spdyExec(ExecCall call, ApiRequest asked, Exchange exchange) {
    var protocol = SpdyExec.choose(listed(asked, SPDY_PROTOCOL));
    if (protocol.isEmpty()) {
      return Optional.of(noCommonProtocol(asked));
    }
    switchToSpdy(call, call.start(), protocol.get(), exchange);
    return Optional.empty();
  }

  private static void switchToSpdy(
      ExecCall call, ExecSession session, String protocol, Exchange exchange) {
    var request = exchange.request();
    var connection =
        new RawConnection(
            request.getTunnelSupport().getEndPoint(),
            request.getConnectionMetaData().getConnector().getExecutor(),
            (in, out) -> SpdyExec.serve(call, session, protocol, in, out));
    request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, connection);
    var response = exchange.response();
    response.setStatus(101);
    response.getHeaders().put("Connection", "Upgrade");
    response.getHeaders().put("Upgrade", SPDY);
    response.getHeaders().put(SPDY_PROTOCOL, protocol);
    exchange.callback().succeeded();
  }

  private static Whole noCommonProtocol(ApiRequest asked) {
    var status = Status.failure(403, "Forbidden", "unable to upgrade: no common protocol");
    var refusal = AnswerEncoder.status(status, asked);
    var headers = refusal.headers();
    for (var protocol : SpdyExec.protocols()) {
      headers = headers.with("X-Accepted-Stream-Protocol-Versions", protocol);
    }
    return new Whole(refusal.status(), headers, refusal.body());
  }

  private static List<String> listed(ApiRequest asked, String header) {
    return asked.headers().all(header).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }
}
