package io.ordinal.node.cri;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.node.runtime.ExecSession;
import io.ordinal.node.runtime.Stdio;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is made of the streams of a runtime's streaming server, which the test plays.
class SpdyExecTest {
  private static final int ERROR = 1;
  private static final int STDOUT = 3;

  @Test
  void aConnectionThatIsLostInTheMiddleIsNoSuccess() throws Exception {
    var end = endAfter(Map.of(STDOUT, "half of a d"), "half of a d");
    assertThat(end.exitCode()).isEqualTo(-1);
    assertThat(end.message()).contains("lost");
  }

  @Test
  void aStatusThatIsCutOffIsNoSuccess() throws Exception {
    assertThat(endAfter(Map.of(ERROR, "{\"metadata\":{},\"status\":\"Succ"), "").exitCode())
        .isEqualTo(-1);
  }

  @Test
  void theStatusSaysHowTheCommandEnded() throws Exception {
    var success = "{\"metadata\":{},\"status\":\"Success\"}";
    assertThat(endAfter(Map.of(ERROR, success), "")).isEqualTo(new ExecSession.End(0, ""));
    var failure =
        "{\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\",\"details\":{\"causes\":"
            + "[{\"reason\":\"ExitCode\",\"message\":\"3\"}]},\"code\":500}";
    assertThat(endAfter(Map.of(ERROR, failure), "")).isEqualTo(new ExecSession.End(3, ""));
  }

  /// Runs a command of which the server says this much, then hangs up.
  private static ExecSession.End endAfter(Map<Integer, String> said, String expectedOutput)
      throws IOException, InterruptedException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var peer = Thread.ofVirtual().start(() -> answer(server, said));
      var url = "http://127.0.0.1:" + server.getLocalPort() + "/exec/token";
      var stdio = new Stdio(false, true, false, false);
      try (var session = SpdyExec.open(url, stdio)) {
        var output = new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).isEqualTo(expectedOutput);
        return session.await();
      } finally {
        peer.join();
      }
    }
  }

  private static void answer(ServerSocket server, Map<Integer, String> said) {
    try (var socket = server.accept()) {
      var out = new DataOutputStream(socket.getOutputStream());
      out.write("HTTP/1.1 101 Switching Protocols\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      for (var piece : said.entrySet()) {
        var bytes = piece.getValue().getBytes(StandardCharsets.UTF_8);
        out.writeInt(piece.getKey());
        out.writeInt(bytes.length);
        out.write(bytes);
      }
      socket.shutdownOutput();
      // Unread requests would make this a reset, which may overtake what was said.
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // the client has what it wanted
    }
  }
}
