package io.ordinal.node.cri;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A runtime's streaming server that says something on some streams and hangs up.
final class PlayedStreams implements AutoCloseable {
  /// @param last whether it says that the stream ends here
  record Said(int stream, String text, boolean last) {}

  private final ServerSocket server;
  private final Thread peer;

  PlayedStreams(List<Said> said) throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    peer = Thread.ofVirtual().start(() -> answer(said));
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/stream/token";
  }

  private void answer(List<Said> said) {
    try (var socket = server.accept()) {
      var out = new DataOutputStream(socket.getOutputStream());
      out.write("HTTP/1.1 101 Switching Protocols\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      for (var piece : said) {
        var bytes = piece.text().getBytes(StandardCharsets.UTF_8);
        out.writeInt(piece.stream());
        out.writeInt((piece.last() ? 1 << 24 : 0) | bytes.length);
        out.write(bytes);
      }
      socket.shutdownOutput();
      // Unread requests would make this a reset, which may overtake what was said.
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // the client has what it wanted
    }
  }

  @Override
  public void close() throws IOException {
    try {
      peer.join();
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
    server.close();
  }
}
