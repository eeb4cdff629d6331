package io.ordinal.node.simulated;

import io.ordinal.kube.Loop;

/// Makes a [SimulatedRuntime] live by itself: one virtual thread that does what is due.
public final class SimulatedClockwork implements AutoCloseable {
  private final Thread thread;

  private SimulatedClockwork(Thread thread) {
    this.thread = thread;
  }

  /// Starts the thread.
  public static SimulatedClockwork start(SimulatedRuntime runtime) {
    return new SimulatedClockwork(
        Loop.start(
            "simulated-runtime",
            () -> {
              runtime.awaitDue();
              runtime.step();
              return true;
            }));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
