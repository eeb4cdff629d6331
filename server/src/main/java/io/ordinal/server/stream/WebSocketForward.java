package io.ordinal.server.stream;

import io.ordinal.server.ForwardCall;
import io.ordinal.server.Query;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/// Forwarded ports over a WebSocket, one connection for each port that the query names: the first
/// byte of each message is its channel, 2n for the data of the n-th port and 2n + 1 for its error.
/// Each channel begins with the port's number in two bytes, the lower one first (contract E3). It
/// is what clients in Java and Python speak.
public final class WebSocketForward implements Session.Listener {
  /// The protocol's name, which a client need not give.
  public static final String PROTOCOL = "v4.channel.k8s.io";

  private final ForwardCall call;
  private final List<Integer> ports;
  private final WebSocketMessages messages = new WebSocketMessages();
  private final List<Forwarding> forwardings = new ArrayList<>();
  private final AtomicInteger open;

  /// Serves the ports of a query.
  ///
  /// @throws io.ordinal.server.ApiException 400 when they are none
  public WebSocketForward(ForwardCall call, Query query) {
    this.call = call;
    this.ports = ForwardedPorts.of(query);
    this.open = new AtomicInteger(ports.size());
    for (int i = 0; i < ports.size(); i++) {
      forwardings.add(new Forwarding(new Channels(2 * i), Forwarding.PATIENCE));
    }
  }

  @Override
  public void onWebSocketOpen(Session session) {
    messages.opened(session);
    try {
      for (int i = 0; i < ports.size(); i++) {
        int port = ports.get(i);
        var number = new byte[] {(byte) port, (byte) (port >>> 8)};
        messages.binary(2 * i, number, 2);
        messages.binary(2 * i + 1, number, 2);
        forwardings.get(i).start(() -> call.connect(port));
      }
      messages.demand();
    } catch (IOException e) {
      onWebSocketError(e);
    }
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    try {
      receive(payload);
      callback.succeed();
      messages.demand();
    } catch (IOException e) {
      callback.fail(e);
    }
  }

  private void receive(ByteBuffer payload) throws IOException {
    if (!payload.hasRemaining()) {
      return;
    }
    var channel = payload.get() & 0xff;
    var bytes = new byte[payload.remaining()];
    payload.get(bytes);
    if (channel % 2 == 0 && channel / 2 < forwardings.size()) {
      forwardings.get(channel / 2).put(bytes, bytes.length);
    }
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    forwardings.forEach(Forwarding::close);
  }

  @Override
  public void onWebSocketClose(int statusCode, String reason, Callback callback) {
    forwardings.forEach(Forwarding::close);
    callback.succeed();
  }

  private final class Channels implements Forwarding.Client {
    private final int data;

    Channels(int data) {
      this.data = data;
    }

    @Override
    public void data(byte[] bytes, int length) throws IOException {
      messages.binary(data, bytes, length);
    }

    @Override
    public void end(String failure) throws IOException {
      var message = failure.getBytes(StandardCharsets.UTF_8);
      if (message.length > 0) {
        messages.binary(data + 1, message, message.length);
      }
      if (open.decrementAndGet() == 0) {
        messages.close();
      }
    }
  }
}
