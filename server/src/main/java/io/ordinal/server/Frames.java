package io.ordinal.server;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A stream of byte arrays that is pulled. It owns no thread: a transport waits in [#take()], a
/// simulation asks [#poll()]. Arrays may be shared with other streams and are never modified.
public interface Frames extends AutoCloseable {
  /// The next frame if there is one now.
  byte @Nullable [] poll();

  /// Waits for the next frame; null when the stream has ended.
  byte @Nullable [] take() throws InterruptedException;

  /// Whether everything was taken and nothing more will come.
  boolean ended();

  /// `r` is called after a frame became available or the stream ended; it must be cheap.
  void onWake(Runnable r);

  /// How long it is until time alone brings a frame or the end; of everything else a wake tells.
  default Duration untilDue() {
    return Duration.ofHours(1);
  }

  /// Gives up the rest. A waiting [#take()] answers null.
  @Override
  void close();
}
