package io.ordinal.node.simulated;

import java.time.Duration;
import java.time.InstantSource;

/// Makes a [SimulatedRuntime] live by itself: one virtual thread that does what is due.
public final class SimulatedClockwork implements AutoCloseable {
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

  private final SimulatedRuntime runtime;
  private final InstantSource clock;
  private final Thread thread;

  private SimulatedClockwork(SimulatedRuntime runtime, InstantSource clock) {
    this.runtime = runtime;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("simulated-runtime").unstarted(this::run);
  }

  /// Starts the thread.
  public static SimulatedClockwork start(SimulatedRuntime runtime, InstantSource clock) {
    var clockwork = new SimulatedClockwork(runtime, clock);
    clockwork.thread.start();
    return clockwork;
  }

  private void run() {
    try {
      while (true) {
        runtime.step();
        Thread.sleep(pause());
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private Duration pause() {
    var untilNext =
        runtime.next().map(next -> Duration.between(clock.instant(), next)).orElse(LONGEST_PAUSE);
    if (untilNext.isNegative()) {
      return Duration.ZERO;
    }
    return untilNext.compareTo(LONGEST_PAUSE) < 0 ? untilNext : LONGEST_PAUSE;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
