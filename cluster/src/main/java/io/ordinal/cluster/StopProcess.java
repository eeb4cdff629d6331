package io.ordinal.cluster;

import io.ordinal.store.FaultHandler;
import java.io.PrintStream;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the process when a thread of the store has ended: half a store would keep writers waiting
/// and watchers in the dark. Nothing that was acknowledged is lost, containers go on, and the next
/// `up` finds both.
///
/// @param halt ends the process at once: an orderly stop would wait for what has ended
public record StopProcess(PrintStream err, IntConsumer halt) implements FaultHandler {

  /// Exit code for a process that could not go on.
  public static final int EXIT_CODE = 6;

  private static final Logger LOG = LoggerFactory.getLogger(StopProcess.class);

  /// This process.
  public static StopProcess ofThisProcess() {
    return new StopProcess(System.err, Runtime.getRuntime()::halt);
  }

  @Override
  public void ended(String loop, Throwable cause) {
    try {
      err.println(
          "ordinal: stopped, as %s came to an end (%s); start it again with ./ordinal up"
              .formatted(loop, cause));
      LOG.error("{} came to an end: the process stops", loop, cause);
    } finally {
      halt.accept(EXIT_CODE); // also when there is no memory left to say why
    }
  }
}
