package io.ordinal.platform.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.platform.sessions.Streams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwaitedTest {

  private final Streams streams = new Streams();
  private final Awaited awaited = new Awaited();
  private final List<String> closed = new ArrayList<>();

  @Test
  void aStreamThatComesAfterItsEndIsClosedAsItComes() throws IOException {
    try (var _ = streams.opened("bob", "session", awaited)) {
      streams.endOfUser("bob");
      awaited.came(() -> closed.add("watch"));
      assertThat(closed).containsExactly("watch");
    }
  }

  @Test
  void aStreamThatIsThereEndsWithItsUserAlone() throws IOException {
    try (var _ = streams.opened("bob", "session", awaited)) {
      awaited.came(() -> closed.add("watch"));
      streams.endOfUser("alice");
      assertThat(closed).isEmpty();
      streams.endOfUser("bob");
      assertThat(closed).containsExactly("watch");
    }
  }

  @Test
  void whatIsOverIsNotFoundAnyMore() throws IOException {
    try (var _ = streams.opened("bob", "session", awaited)) {
      awaited.came(() -> closed.add("watch"));
    }
    streams.endAll();
    assertThat(closed).isEmpty();
  }
}
