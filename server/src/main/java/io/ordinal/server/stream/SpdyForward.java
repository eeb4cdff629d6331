package io.ordinal.server.stream;

import io.ordinal.server.ForwardCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Forwarded ports over SPDY/3.1: for each connection the client opens two streams with one request
/// id, one for errors and then one for data, which name the port in their headers (contract E3).
public final class SpdyForward implements SpdyConnection.Listener {
  /// What the client has to offer as its protocol.
  public static final String PROTOCOL = "portforward.k8s.io";

  private static final int MOST_CONNECTIONS = 500;

  private final ForwardCall call;
  private final SpdyConnection connection;
  private final Map<String, Integer> unpaired = new HashMap<>();
  private final Map<Integer, Forwarding> byDataStream = new ConcurrentHashMap<>();

  private SpdyForward(ForwardCall call, InputStream in, OutputStream out) {
    this.call = call;
    this.connection = new SpdyConnection(in, out);
  }

  /// Serves an upgraded connection until it ends.
  public static void serve(ForwardCall call, InputStream in, OutputStream out) throws IOException {
    var forward = new SpdyForward(call, in, out);
    try {
      forward.connection.run(forward);
    } finally {
      forward.byDataStream.values().forEach(Forwarding::close);
      forward.connection.close();
    }
  }

  @Override
  public void opened(int stream, Map<String, String> headers) throws IOException {
    var request = headers.getOrDefault("requestid", "");
    switch (headers.getOrDefault("streamtype", "")) {
      case "error" -> {
        unpaired.put(request, stream);
        if (unpaired.size() > MOST_CONNECTIONS) {
          throw new IOException("too many error streams without a data stream");
        }
      }
      case "data" -> {
        var error = unpaired.remove(request);
        if (error == null) {
          throw new IOException("request '" + request + "' has no error stream");
        }
        start(error, stream, headers.getOrDefault("port", ""));
      }
      default -> throw new IOException("a stream is neither for data nor for errors");
    }
  }

  private void start(int error, int data, String port) throws IOException {
    var client = new Streams(error, data);
    var number = ForwardedPorts.number(port);
    if (number.isEmpty()) {
      client.end(ForwardedPorts.refusal(port));
      return;
    }
    if (byDataStream.size() >= MOST_CONNECTIONS) {
      client.end("more than " + MOST_CONNECTIONS + " connections at once");
      return;
    }
    var forwarding = new Forwarding(client, Forwarding.PATIENCE);
    byDataStream.put(data, forwarding);
    forwarding.start(() -> call.connect(number.getAsInt()));
  }

  @Override
  public void data(int stream, byte[] bytes, int length) throws IOException {
    var forwarding = byDataStream.get(stream);
    if (forwarding != null) {
      forwarding.put(bytes, length);
    }
  }

  @Override
  public void finished(int stream) {
    var forwarding = byDataStream.get(stream);
    if (forwarding != null) {
      forwarding.finish();
    }
  }

  @Override
  public void reset(int stream) {
    var forwarding = byDataStream.remove(stream);
    if (forwarding != null) {
      forwarding.close();
    }
  }

  private final class Streams implements Forwarding.Client {
    private final int error;
    private final int data;

    Streams(int error, int data) {
      this.error = error;
      this.data = data;
    }

    @Override
    public void data(byte[] bytes, int length) throws IOException {
      connection.send(data, bytes, length);
    }

    @Override
    public void end(String failure) throws IOException {
      byDataStream.remove(data);
      var message = failure.getBytes(StandardCharsets.UTF_8);
      connection.send(error, message, message.length);
      connection.finish(error);
      connection.finish(data);
    }
  }
}
