package io.ordinal.controllers.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmptyingTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void whatIsLeftIsTold() {
    var emptying = Emptying.begin();
    emptying.remaining().put("pods.", 2);
    emptying.finalizers().put("example.com/hold", 1);
    assertThat(emptying.isDone()).isFalse();
    assertThat(emptying.conditions(List.of(), NOW))
        .extracting(c -> c.getType() + "=" + c.getStatus() + " " + c.getReason())
        .containsExactly(
            "NamespaceDeletionDiscoveryFailure=False ResourcesDiscovered",
            "NamespaceDeletionGroupVersionParsingFailure=False ParsedGroupVersions",
            "NamespaceDeletionContentFailure=False ContentDeleted",
            "NamespaceContentRemaining=True SomeResourcesRemain",
            "NamespaceFinalizersRemaining=True SomeFinalizersRemain");
    assertThat(emptying.conditions(List.of(), NOW).get(3).getMessage())
        .isEqualTo("Some resources are remaining: pods. has 2 resource instances");
  }

  @Test
  void aTimeMovesOnlyWithItsStatus() {
    var first = Emptying.begin().conditions(List.of(), NOW);
    var later = Emptying.begin().conditions(first, NOW.plusSeconds(60));
    assertThat(later).isEqualTo(first);
  }
}
