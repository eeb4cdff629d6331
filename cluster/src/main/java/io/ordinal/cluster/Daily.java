package io.ordinal.cluster;

import io.ordinal.kube.Loop;
import java.time.Duration;

/// Something that is done once a day for as long as the cluster runs; what it throws is told, and
/// it is tried again a day later.
final class Daily implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofDays(1);

  private final Thread thread;

  private Daily(Thread thread) {
    this.thread = thread;
  }

  /// Does the work for the first time when a day is over.
  static Daily start(String name, Runnable work) {
    return new Daily(
        Loop.start(
            name,
            () -> {
              Thread.sleep(PAUSE);
              work.run();
              return true;
            }));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
