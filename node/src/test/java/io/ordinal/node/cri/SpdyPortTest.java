package io.ordinal.node.cri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.node.cri.PlayedStreams.Said;
import io.ordinal.node.runtime.RuntimeFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpdyPortTest {
  private static final int ERROR = 1;
  private static final int DATA = 3;

  private record Outcome(String data, String failure) {}

  @Test
  void aConnectionThatEndsWellHasNotFailed() throws Exception {
    assertThat(outcome(new Said(DATA, "page", true), new Said(ERROR, "", true)))
        .isEqualTo(new Outcome("page", ""));
  }

  @Test
  void theRuntimeSaysWhyItCouldNot() throws Exception {
    assertThat(outcome(new Said(ERROR, "connection refused\n", true), new Said(DATA, "", true)))
        .isEqualTo(new Outcome("", "connection refused"));
  }

  @Test
  void aConnectionThatIsLostInTheMiddleHasFailed() throws Exception {
    assertThat(outcome(new Said(DATA, "half of a p", false)))
        .isEqualTo(new Outcome("half of a p", "the connection to the container runtime was lost"));
  }

  @Test
  void anAddressThatIsNoneIsAFailureOfTheRuntime() {
    for (var url : List.of("http://", "http://127.0.0.1", "no address at all")) {
      assertThatThrownBy(() -> SpdyPort.open(url, 80)).as(url).isInstanceOf(RuntimeFailure.class);
    }
  }

  private static Outcome outcome(Said... said) throws IOException {
    try (var streams = new PlayedStreams(List.of(said));
        var port = SpdyPort.open(streams.url(), 80)) {
      var data = new String(port.input().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(data, port.failure());
    }
  }
}
