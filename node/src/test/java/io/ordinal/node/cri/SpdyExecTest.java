package io.ordinal.node.cri;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.node.cri.PlayedStreams.Said;
import io.ordinal.node.runtime.ExecSession;
import io.ordinal.node.runtime.Stdio;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
    var pieces = new ArrayList<Said>();
    said.forEach((stream, text) -> pieces.add(new Said(stream, text, false)));
    try (var streams = new PlayedStreams(pieces);
        var session = SpdyExec.open(streams.url(), new Stdio(false, true, false, false))) {
      var output = new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(output).isEqualTo(expectedOutput);
      return session.await();
    }
  }
}
