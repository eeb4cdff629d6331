package io.ordinal.cluster;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Something that is done once a day for as long as the cluster runs.
final class Daily implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Daily.class);
  private static final Duration PAUSE = Duration.ofDays(1);

  private final String name;
  private final Runnable work;
  private final Thread thread;

  private Daily(String name, Runnable work) {
    this.name = name;
    this.work = work;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /// Does the work for the first time when a day is over.
  static Daily start(String name, Runnable work) {
    var daily = new Daily(name, work);
    daily.thread.start();
    return daily;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(PAUSE);
        once();
      }
    } catch (InterruptedException e) {
      // the cluster ends
    }
  }

  private void once() {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("{} failed, and is tried again in a day", name, e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
