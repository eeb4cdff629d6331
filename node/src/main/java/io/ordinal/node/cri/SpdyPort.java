package io.ordinal.node.cri;

import io.ordinal.node.runtime.PodConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A connection to a port of a pod over SPDY/3.1 from the runtime's streaming server. Each has a
/// connection of its own: those servers know no flow control, and a client that does not read one
/// would hold up the others.
final class SpdyPort implements PodConnection {
  private static final String LOST = "the connection to the container runtime was lost";

  private final SpdyConnection connection;
  private final SpdyConnection.Stream error;
  private final SpdyConnection.Stream data;

  private SpdyPort(SpdyConnection connection, int port) throws IOException {
    this.connection = connection;
    error = connection.open(headers("error", port));
    error.output().close();
    data = connection.open(headers("data", port));
  }

  private static Map<String, String> headers(String type, int port) {
    return Map.of("streamtype", type, "port", Integer.toString(port), "requestid", "0");
  }

  static SpdyPort open(String url, int port) {
    var connection = SpdyConnection.open(url, "portforward.k8s.io");
    try {
      var opened = new SpdyPort(connection, port);
      connection.start();
      return opened;
    } catch (IOException e) {
      connection.close();
      throw SpdyConnection.unreachable(e);
    }
  }

  @Override
  public InputStream input() {
    return data.input();
  }

  @Override
  public OutputStream output() {
    return data.output();
  }

  @Override
  public String failure() throws IOException {
    var said = new String(error.input().readAllBytes(), StandardCharsets.UTF_8).strip();
    return said.isEmpty() && !error.whole() ? LOST : said;
  }

  @Override
  public void close() {
    connection.close();
  }
}
