package io.ordinal.server.registry;

import io.ordinal.server.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// One watcher's place in a [Feed]. It holds at most so many events that were not taken; who is
/// slower starts anew.
final class FeedSubscription implements Subscription {
  private static final int MOST_WAITING = 32_768;

  private final Feed feed;
  private final Selection selection;
  private final long startedAfter;
  private final Deque<Numbered> waiting = new ArrayDeque<>();
  private long taken;
  private Runnable wake = () -> {};
  private boolean failed;
  private boolean ended;

  private record Numbered(long revision, WatchEvent event) {}

  FeedSubscription(Feed feed, Selection selection, long startedAfter) {
    this.feed = feed;
    this.selection = selection;
    this.startedAfter = startedAfter;
    this.taken = startedAfter;
  }

  Selection selection() {
    return selection;
  }

  void offer(FeedChange change) {
    var revision = change.revision();
    if (revision > startedAfter) {
      change.seenBy(selection).ifPresent(event -> offer(new Numbered(revision, event)));
    }
  }

  /// An event beside the changes: of the initial state, or the last one.
  void offer(WatchEvent event) {
    offer(new Numbered(startedAfter, event));
  }

  private void offer(Numbered numbered) {
    var event = numbered.event;
    Runnable toWake;
    synchronized (this) {
      if (failed || ended) return;
      waiting.add(numbered);
      failed = event.type() == WatchEvent.Type.ERROR;
      if (!failed && waiting.size() > MOST_WAITING && event.type() != WatchEvent.Type.BOOKMARK)
        fail();
      notifyAll();
      toWake = wake;
    }
    toWake.run();
  }

  private void fail() {
    waiting.clear();
    var status = Status.expired("too old resource version: the watcher is too slow");
    waiting.add(new Numbered(startedAfter, new WatchEvent(WatchEvent.Type.ERROR, status.json())));
    failed = true;
  }

  @Override
  public synchronized @Nullable WatchEvent poll() {
    var next = waiting.poll();
    if (next == null) return null;
    taken = Math.max(taken, next.revision);
    if (next.event.type() == WatchEvent.Type.ERROR) ended = true;
    return next.event;
  }

  @Override
  public synchronized @Nullable WatchEvent poll(Duration wait) throws InterruptedException {
    var deadline = System.nanoTime() + wait.toNanos();
    while (waiting.isEmpty() && !ended) {
      var left = deadline - System.nanoTime();
      if (left <= 0) return null;
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return poll();
  }

  @Override
  public synchronized boolean ended() {
    return ended;
  }

  @Override
  public WatchEvent bookmark() {
    return Feed.bookmark(selection.kind(), feed.position(this), false);
  }

  /// While the feed stands still: when nothing waits, all that the feed has handed out was taken.
  synchronized long positionIn(long feedPosition) {
    if (waiting.isEmpty()) taken = Math.max(feedPosition, taken);
    return taken;
  }

  @Override
  public void onWake(Runnable r) {
    synchronized (this) {
      wake = r;
      if (waiting.isEmpty()) return;
    }
    r.run();
  }

  @Override
  public void close() {
    synchronized (this) {
      ended = true;
      waiting.clear();
      notifyAll();
    }
    feed.remove(this);
  }
}
