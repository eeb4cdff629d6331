package io.ordinal.server.http;

import io.ordinal.http.RawConnection;
import io.ordinal.server.ApiException;
import io.ordinal.server.ApiRequest;
import io.ordinal.server.ApiResponse.Upgrade;
import io.ordinal.server.ApiResponse.Whole;
import io.ordinal.server.ExecCall;
import io.ordinal.server.ForwardCall;
import io.ordinal.server.Frames;
import io.ordinal.server.Status;
import io.ordinal.server.StreamCall;
import io.ordinal.server.answer.AnswerEncoder;
import io.ordinal.server.stream.SpdyExec;
import io.ordinal.server.stream.SpdyForward;
import io.ordinal.server.stream.WebSocketExec;
import io.ordinal.server.stream.WebSocketForward;
import io.ordinal.server.stream.WebSocketTunnel;
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
  private static final String SPDY_TUNNEL = SPDY + "+" + SpdyForward.PROTOCOL;
  private static final String NO_PROTOCOL = "none of the WebSocket protocols is supported";
  private static final String NO_HANDSHAKE = "not a WebSocket handshake";

  private static final int MOST_MESSAGE_BYTES = 1 << 20;

  private final ServerWebSocketContainer webSockets;

  Upgrades(ServerWebSocketContainer webSockets) {
    this.webSockets = webSockets;
    webSockets.setMaxBinaryMessageSize(MOST_MESSAGE_BYTES);
    webSockets.setMaxTextMessageSize(MOST_MESSAGE_BYTES);
  }

  /// Whether the client wants to go on with a WebSocket.
  boolean isWebSocket(ApiRequest asked) {
    return wants(asked, "websocket");
  }

  private static boolean wants(ApiRequest asked, String protocol) {
    return asked.headers().has("Connection", "upgrade") && asked.headers().has("Upgrade", protocol);
  }

  /// Upgrades the connection for what was called, or says why not.
  Optional<Whole> call(Upgrade upgrade, ApiRequest asked, Exchange exchange) {
    upgrade.headers().forEach(exchange.response().getHeaders()::put);
    try {
      if (isWebSocket(asked)) {
        return webSocket(upgrade.call(), asked, exchange);
      }
      if (wants(asked, SPDY)) {
        return spdy(upgrade.call(), asked, exchange);
      }
      return refused("you must specify an upgrade: websocket or " + SPDY, asked);
    } catch (ApiException e) {
      return Optional.of(AnswerEncoder.status(e.status(), asked));
    }
  }

  private Optional<Whole> webSocket(StreamCall call, ApiRequest asked, Exchange exchange) {
    var offered = listed(asked, "Sec-WebSocket-Protocol");
    return switch (call) {
      case ExecCall exec -> webSocketExec(exec, offered, asked, exchange);
      case ForwardCall forward -> webSocketForward(forward, offered, asked, exchange);
    };
  }

  private Optional<Whole> webSocketExec(
      ExecCall call, List<String> offered, ApiRequest asked, Exchange exchange) {
    var protocol = WebSocketExec.choose(offered);
    if (protocol.isEmpty()) {
      return refused(NO_PROTOCOL, asked);
    }
    var session = call.start();
    if (!open(new WebSocketExec(call, session, protocol.get()), protocol.get(), exchange)) {
      session.close();
      return refused(NO_HANDSHAKE, asked);
    }
    return Optional.empty();
  }

  private Optional<Whole> webSocketForward(
      ForwardCall call, List<String> offered, ApiRequest asked, Exchange exchange) {
    if (offered.contains(SPDY_TUNNEL)) {
      var tunnel = new WebSocketTunnel((in, out) -> SpdyForward.serve(call, in, out));
      return open(tunnel, SPDY_TUNNEL, exchange) ? Optional.empty() : refused(NO_HANDSHAKE, asked);
    }
    if (!offered.isEmpty() && !offered.contains(WebSocketForward.PROTOCOL)) {
      return refused(NO_PROTOCOL, asked);
    }
    var protocol = offered.isEmpty() ? "" : WebSocketForward.PROTOCOL;
    var forward = new WebSocketForward(call, asked.query());
    return open(forward, protocol, exchange) ? Optional.empty() : refused(NO_HANDSHAKE, asked);
  }

  private static Optional<Whole> refused(String why, ApiRequest asked) {
    return Optional.of(AnswerEncoder.status(Status.badRequest(why), asked));
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

  private static Optional<Whole> spdy(StreamCall call, ApiRequest asked, Exchange exchange) {
    var offered = listed(asked, SPDY_PROTOCOL);
    return switch (call) {
      case ExecCall exec -> {
        var protocol = SpdyExec.choose(offered);
        if (protocol.isEmpty()) {
          yield noCommonProtocol(SpdyExec.protocols(), asked);
        }
        var session = exec.start();
        yield switchToSpdy(
            (in, out) -> SpdyExec.serve(exec, session, protocol.get(), in, out),
            protocol.get(),
            exchange);
      }
      case ForwardCall forward ->
          offered.isEmpty() || offered.contains(SpdyForward.PROTOCOL)
              ? switchToSpdy(
                  (in, out) -> SpdyForward.serve(forward, in, out), SpdyForward.PROTOCOL, exchange)
              : noCommonProtocol(List.of(SpdyForward.PROTOCOL), asked);
    };
  }

  private static Optional<Whole> switchToSpdy(
      RawConnection.Conversation conversation, String protocol, Exchange exchange) {
    var request = exchange.request();
    var connection =
        new RawConnection(
            request.getTunnelSupport().getEndPoint(),
            request.getConnectionMetaData().getConnector().getExecutor(),
            conversation);
    request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, connection);
    var response = exchange.response();
    response.setStatus(101);
    response.getHeaders().put("Connection", "Upgrade");
    response.getHeaders().put("Upgrade", SPDY);
    response.getHeaders().put(SPDY_PROTOCOL, protocol);
    exchange.callback().succeeded();
    return Optional.empty();
  }

  private static Optional<Whole> noCommonProtocol(List<String> ours, ApiRequest asked) {
    var status = Status.failure(403, "Forbidden", "unable to upgrade: no common protocol");
    var refusal = AnswerEncoder.status(status, asked);
    var headers = refusal.headers();
    for (var protocol : ours) {
      headers = headers.with("X-Accepted-Stream-Protocol-Versions", protocol);
    }
    return Optional.of(new Whole(refusal.status(), headers, refusal.body()));
  }

  private static List<String> listed(ApiRequest asked, String header) {
    return asked.headers().all(header).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }
}
