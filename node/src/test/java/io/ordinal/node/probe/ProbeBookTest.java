package io.ordinal.node.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When probes are asked and what their answers mean, by contract M9.
class ProbeBookTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final ProbeBook book = new ProbeBook();

  private static Probe probe(int delay, int period, int failures) {
    return new ProbeBuilder()
        .withInitialDelaySeconds(delay)
        .withPeriodSeconds(period)
        .withFailureThreshold(failures)
        .build();
  }

  private static ProbeBook.Running running(String id) {
    return new ProbeBook.Running(id, START);
  }

  private List<Role> ask(Container container, long seconds, boolean good) {
    var now = START.plusSeconds(seconds);
    var due = book.due(container, running("c1"), false, now);
    due.forEach(probe -> book.note(probe, good ? Prober.Outcome.GOOD : Prober.Outcome.BAD, now));
    return due.stream().map(ProbeBook.Due::role).toList();
  }

  @Test
  void readinessIsAskedAtOnceAndDecidesAtItsThreshold() {
    var web = new ContainerBuilder().withName("web").withReadinessProbe(probe(0, 5, 2)).build();
    assertThat(book.summary(web, running("c1")).ready()).isFalse();
    assertThat(ask(web, 0, true)).containsExactly(Role.Readiness);
    assertThat(book.summary(web, running("c1")).ready()).isTrue();
    assertThat(ask(web, 1, true)).isEmpty();
    ask(web, 5, false);
    assertThat(book.summary(web, running("c1")).ready()).isTrue();
    ask(web, 10, false);
    assertThat(book.summary(web, running("c1")).ready()).isFalse();
  }

  @Test
  void theInitialDelayIsKept() {
    var web = new ContainerBuilder().withName("web").withLivenessProbe(probe(7, 5, 1)).build();
    assertThat(ask(web, 6, true)).isEmpty();
    assertThat(ask(web, 7, true)).containsExactly(Role.Liveness);
  }

  @Test
  void theStartupProbeHoldsTheOthersBack() {
    var web =
        new ContainerBuilder()
            .withName("web")
            .withStartupProbe(probe(0, 1, 3))
            .withLivenessProbe(probe(0, 1, 1))
            .withReadinessProbe(probe(0, 1, 1))
            .build();
    assertThat(ask(web, 0, false)).containsExactly(Role.Startup);
    assertThat(book.summary(web, running("c1")).started()).isFalse();
    assertThat(ask(web, 1, true)).containsExactly(Role.Startup);
    assertThat(ask(web, 2, true)).containsExactly(Role.Liveness, Role.Readiness);
    assertThat(book.summary(web, running("c1"))).isEqualTo(new ProbeBook.Summary(true, true, true));
  }

  @Test
  void aFailedProbeIsHeldUntilThereIsANewContainer() {
    var web = new ContainerBuilder().withName("web").withLivenessProbe(probe(0, 1, 1)).build();
    ask(web, 0, false);
    assertThat(book.summary(web, running("c1")).alive()).isFalse();
    assertThat(ask(web, 5, true)).isEmpty();
    assertThat(book.summary(web, running("c2")).alive()).isTrue();
  }

  @Test
  void aDeletedPodIsAskedForReadinessOnly() {
    var web =
        new ContainerBuilder()
            .withName("web")
            .withLivenessProbe(probe(0, 1, 1))
            .withReadinessProbe(probe(0, 1, 1))
            .build();
    assertThat(book.due(web, running("c1"), true, START))
        .extracting(ProbeBook.Due::role)
        .containsExactly(Role.Readiness);
  }

  @Test
  void aProbeIsNotAskedTwiceAtOnce() {
    var web = new ContainerBuilder().withName("web").withReadinessProbe(probe(0, 1, 1)).build();
    assertThat(book.due(web, running("c1"), false, START)).hasSize(1);
    assertThat(book.due(web, running("c1"), false, START.plusSeconds(9))).isEmpty();
  }

  /// The runtime was away for a moment, not the container.
  @Test
  void noAnswerNeitherFailsNorMends() {
    var web = new ContainerBuilder().withName("web").withLivenessProbe(probe(0, 1, 2)).build();
    ask(web, 0, false);
    for (int second = 1; second < 9; second++) {
      var now = START.plusSeconds(second);
      var due = book.due(web, running("c1"), false, now);
      assertThat(due).hasSize(1);
      due.forEach(probe -> book.note(probe, Prober.Outcome.NO_ANSWER, now));
    }
    assertThat(book.summary(web, running("c1")).alive()).isTrue();
    ask(web, 9, false);
    assertThat(book.summary(web, running("c1")).alive()).isFalse();
  }

  @Test
  void anAdoptedContainerStaysReadyUntilItsProbesSayOtherwise() {
    var web =
        new ContainerBuilder()
            .withName("web")
            .withStartupProbe(probe(0, 1, 1))
            .withReadinessProbe(probe(0, 1, 1))
            .build();
    book.adopt(web, running("c1"), new ProbeBook.Summary(true, true, true));
    assertThat(book.summary(web, running("c1"))).isEqualTo(new ProbeBook.Summary(true, true, true));
    assertThat(ask(web, 1, false)).containsExactly(Role.Readiness);
    assertThat(book.summary(web, running("c1")).ready()).isFalse();
    book.adopt(web, running("c1"), new ProbeBook.Summary(true, true, true));
    assertThat(book.summary(web, running("c1")).ready()).isFalse();
  }
}
