package io.ordinal.cluster.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A terminal whose browser writes, and does not read.
@Timeout(120)
class UnreadTunnelTest {

  private static final long A_SECOND = 1_000_000_000;

  @TempDir Path folder;

  @Test
  void signingOutWaitsForNobody() throws Exception {
    try (var world = new World(folder).withUsers()) {
      world.makePod("echo");
      var browser = world.admin();
      // Closed without TLS's goodbye, which would wait for the writer.
      try (var plain = new Socket(InetAddress.getLoopbackAddress(), world.port())) {
        var tls = world.trust().getSocketFactory();
        var socket = tls.createSocket(plain, "localhost", world.port(), true);
        socket.getOutputStream().write(head(world, browser));
        assertThat(answer(socket.getInputStream())).startsWith("HTTP/1.1 101 ");
        var sent = new AtomicLong();
        var out = socket.getOutputStream();
        var writer = Thread.ofVirtual().start(() -> writeUntilCutOff(out, sent));
        awaitStandstill(sent);
        assertThat(browser.send("DELETE", "/session", "").statusCode()).isEqualTo(204);
        readToEnd(socket.getInputStream());
        writer.join();
      }
    }
  }

  private static byte[] head(World world, Browser browser) {
    return """
    GET /clusters/global/api/v1/namespaces/default/pods/echo/exec?command=cat&stdin=true&stdout=true HTTP/1.1
    Host: localhost:%d
    Connection: Upgrade
    Upgrade: websocket
    Sec-WebSocket-Version: 13
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
    Sec-WebSocket-Protocol: v5.channel.k8s.io, csrf.ordinal.io.%s
    Origin: %s
    Cookie: %s

    """
        .formatted(world.port(), browser.csrf, world.origin(), browser.cookie)
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /// The head of an answer.
  private static String answer(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      var b = in.read();
      if (b < 0) throw new EOFException(head.toString());
      head.append((char) b);
    }
    return head.toString();
  }

  private static void writeUntilCutOff(OutputStream out, AtomicLong sent) {
    try {
      while (true) {
        out.write(frame());
        sent.incrementAndGet();
      }
    } catch (IOException e) {
      // So it should be.
    }
  }

  /// A piece of the command's input: a whole binary message, under a mask that changes nothing.
  private static byte[] frame() {
    var bytes = 16 * 1024;
    var frame = ByteBuffer.allocate(8 + bytes);
    frame.put((byte) 0x82).put((byte) (0x80 | 126)).putShort((short) bytes).putInt(0);
    return frame.array();
  }

  /// Until all that is between here and there is full.
  private static void awaitStandstill(AtomicLong sent) {
    for (var before = -1L; before <= 0 || before != sent.get(); ) {
      before = sent.get();
      LockSupport.parkNanos(A_SECOND);
    }
  }

  private static void readToEnd(InputStream in) {
    try {
      var buffer = new byte[64 * 1024];
      for (var n = 0; n >= 0; ) n = in.read(buffer);
    } catch (IOException e) {
      // cut off: an end, too
    }
  }
}
