package io.ordinal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class PartsTest {

  private final ArrayList<String> closed = new ArrayList<>();
  private final Parts parts = new Parts();

  @Test
  void closingGoesBackwards() {
    parts.add(part("store"));
    parts.add(part("server"));
    parts.close();
    assertThat(closed).containsExactly("server", "store");
  }

  /// Ctrl-C while starting: what is started afterwards must not stay either.
  @Test
  void whatIsAddedAfterTheEndIsClosedAtOnce() {
    parts.add(part("store"));
    parts.close();
    assertThatThrownBy(() -> parts.add(part("server"))).isInstanceOf(UserError.class);
    assertThat(closed).containsExactly("store", "server");
  }

  private AutoCloseable part(String name) {
    return () -> closed.add(name);
  }
}
