package io.ordinal.server.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The events of one watch, selected and in order: initial events (and their end marker, a
/// bookmark) if they were asked for, then every change. It sends no periodic bookmarks: the stream
/// does, with [#bookmark()]. An ERROR event ends it.
public interface Subscription extends AutoCloseable {
  /// The next event if there is one now.
  @Nullable WatchEvent poll();

  /// Waits at most so long; null when nothing came, or when it ended.
  @Nullable WatchEvent poll(Duration wait) throws InterruptedException;

  /// Whether an ERROR event was taken or it was closed.
  boolean ended();

  /// A BOOKMARK at the revision up to which everything was taken.
  WatchEvent bookmark();

  /// `r` is called, on the committing thread and therefore cheap, when events may have come.
  void onWake(Runnable r);

  /// Frees the place in the store; a waiting [#poll(Duration)] ends.
  @Override
  void close();
}
