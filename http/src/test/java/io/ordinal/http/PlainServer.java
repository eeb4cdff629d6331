package io.ordinal.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// A server without TLS, and connections to it on which a test says exactly what it wants.
final class PlainServer implements AutoCloseable {

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  PlainServer(Handler handler) throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(handler);
    server.start();
  }

  Connection connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    var text = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
    return new Connection(socket, new BufferedReader(text));
  }

  @Override
  public void close() {
    Stop.now(server);
  }

  record Connection(Socket socket, BufferedReader in) implements AutoCloseable {

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }

    /// A header of the next answer; "" when it has none, also at the end of the connection.
    String next(String header) throws IOException {
      var value = "";
      for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        if (line.startsWith(header + ": ")) value = line.substring(header.length() + 2);
      }
      return value;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
