package io.ordinal.server.answer;

import io.ordinal.server.Frames;
import io.ordinal.server.registry.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// A watch as a stream of lines: the subscription's events, bookmarks about each minute and before
/// the end, and the end itself when the time that the client asked for is over.
final class WatchFrames implements Frames {
  private static final Duration BOOKMARK_EVERY = Duration.ofMinutes(1);

  private final Subscription subscription;
  private final EventEncoder encoder;
  private final InstantSource clock;
  private final boolean bookmarks;
  private final Instant end;
  private volatile Instant nextBookmark;
  private boolean over;

  /// @param timeout how long the stream lasts at most
  /// @param bookmarks whether the client wants them
  WatchFrames(
      Subscription subscription,
      EventEncoder encoder,
      InstantSource clock,
      Duration timeout,
      boolean bookmarks) {
    this.subscription = subscription;
    this.encoder = encoder;
    this.clock = clock;
    this.bookmarks = bookmarks;
    var now = clock.instant();
    this.end = now.plus(timeout);
    this.nextBookmark = now.plus(BOOKMARK_EVERY);
  }

  @Override
  public byte @Nullable [] poll() {
    if (over) {
      return null;
    }
    var event = subscription.poll();
    if (event != null) {
      return encoder.line(event);
    }
    return whatTimeBrings();
  }

  /// Without an event: a bookmark when one is due; at the end a last one.
  private byte @Nullable [] whatTimeBrings() {
    if (subscription.ended()) {
      over = true;
      return null;
    }
    var now = clock.instant();
    over = !now.isBefore(end);
    if (bookmarks && (over || !now.isBefore(nextBookmark))) {
      nextBookmark = now.plus(BOOKMARK_EVERY);
      return encoder.line(subscription.bookmark());
    }
    return null;
  }

  @Override
  public byte @Nullable [] take() throws InterruptedException {
    while (true) {
      var frame = poll();
      if (frame != null || over) {
        return frame;
      }
      var event = subscription.poll(untilDue());
      if (event != null) {
        return encoder.line(event);
      }
    }
  }

  @Override
  public Duration untilDue() {
    var due = bookmarks && nextBookmark.isBefore(end) ? nextBookmark : end;
    return Duration.between(clock.instant(), due);
  }

  @Override
  public boolean ended() {
    return over;
  }

  @Override
  public void onWake(Runnable r) {
    subscription.onWake(r);
  }

  @Override
  public void close() {
    subscription.close();
  }
}
