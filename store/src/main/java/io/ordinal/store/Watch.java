package io.ordinal.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The changes under a prefix, one after the other, fetched by whoever watches. The store keeps no
/// queue per watch: one that lags costs nothing, and learns by a [CompactedException] when it
/// lagged for too long.
///
/// One thread at a time fetches; [#close()] may come from any.
public interface Watch extends AutoCloseable {

  /// The next change, waiting for it.
  ///
  /// @throws CompactedException when the next changes are forgotten already
  /// @throws UnavailableException when the watch or the store is closed
  Change take() throws InterruptedException;

  /// The next change if it is there already, else null.
  ///
  /// @throws CompactedException when the next changes are forgotten already
  @Nullable Change poll();

  /// The next change, waiting at most so long for it, else null.
  ///
  /// @throws CompactedException when the next changes are forgotten already
  /// @throws UnavailableException when the watch or the store is closed
  @Nullable Change poll(Duration wait) throws InterruptedException;

  /// All changes up to this revision have been handed out: a watch resumed after it misses nothing.
  /// It moves on with the store also when nothing under the prefix changes.
  long position();

  /// For those who serve many watches with one thread. Called when there may be something new after
  /// [#poll()] has answered null, and once at the start; on a thread of the store, so it must be
  /// quick.
  void onWake(Runnable wake);

  @Override
  void close();
}
