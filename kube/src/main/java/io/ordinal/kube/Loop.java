package io.ordinal.kube;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work that is repeated until there is no more of it or its thread is interrupted.
///
/// It outlives whatever the work throws, errors too: that is told, and after a pause, which doubles
/// from failure to failure, the work is tried again. A loop that ended without a word would leave a
/// cluster that looks well and does nothing.
public final class Loop {
  private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private Loop() {}

  /// What is repeated.
  @FunctionalInterface
  public interface Work {
    /// Waits for something to do and does it; false when there will be nothing more.
    boolean step() throws Exception;
  }

  /// Repeats the work on a virtual thread; an interrupt ends it.
  public static Thread start(String name, Work work) {
    return Thread.ofVirtual().name(name).start(() -> run(name, work));
  }

  /// Repeats the work on the caller's thread.
  public static void run(String name, Work work) {
    run(name, work, FIRST_PAUSE);
  }

  static void run(String name, Work work, Duration firstPause) {
    int failures = 0;
    boolean goesOn = true;
    while (goesOn && !Thread.currentThread().isInterrupted()) {
      try {
        goesOn = work.step();
        failures = 0;
      } catch (InterruptedException e) {
        goesOn = false;
      } catch (Throwable e) {
        var pause = Backoff.doubled(firstPause, failures++, LONGEST_PAUSE);
        LOG.error("{}: failed, goes on in {}", name, pause, e);
        goesOn = rest(pause);
      }
    }
  }

  private static boolean rest(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
