package io.ordinal.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LoopTest {
  private final Queue<Throwable> thrown = new ArrayDeque<>();
  private int steps;

  private boolean step() throws Exception {
    steps++;
    var next = thrown.poll();
    if (next instanceof Error error) throw error;
    if (next instanceof Exception exception) throw exception;
    return false;
  }

  @Test
  void whateverTheWorkThrowsItGoesOn() {
    thrown.addAll(
        List.of(
            new IllegalStateException("a fault"),
            new StackOverflowError("deep"),
            new java.io.IOException("a disk")));
    Loop.run("test", this::step, Duration.ofNanos(1));
    assertThat(steps).isEqualTo(4);
  }

  @Test
  void anInterruptEndsIt() {
    thrown.add(new InterruptedException());
    Loop.run("test", this::step, Duration.ofNanos(1));
    assertThat(steps).isEqualTo(1);
  }
}
