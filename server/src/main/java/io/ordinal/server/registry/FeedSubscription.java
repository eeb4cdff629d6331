package io.ordinal.server.registry;

import io.ordinal.server.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One watcher's place in a [Feed]. It holds at most so many changes that were not taken; who is
/// slower starts anew. The initial events do not count: they are as many as there are objects.
final class FeedSubscription implements Subscription {
  private static final int MOST_WAITING = 32_768;

  private final Feed feed;
  private final Selection selection;
  private final Interest interest;
  private final Deque<WatchEvent> initial;
  private final Deque<Numbered> waiting = new ArrayDeque<>();
  private long seen;
  private long taken;
  private Runnable wake = () -> {};
  private boolean failed;
  private boolean ended;

  private record Numbered(long revision, WatchEvent event) {}

  FeedSubscription(Feed feed, Selection selection, long after, List<WatchEvent> initial) {
    this.feed = feed;
    this.selection = selection;
    this.interest = Interest.of(selection);
    this.initial = new ArrayDeque<>(initial);
    this.seen = after;
    this.taken = after;
  }

  Selection selection() {
    return selection;
  }

  /// A change, unless it was offered before. Only whoever feeds it calls this, one at a time.
  void offer(FeedChange change) {
    var revision = change.revision();
    if (revision <= seen) return;
    seen = revision;
    change.seenBy(interest).ifPresent(event -> offer(new Numbered(revision, event)));
  }

  /// Nothing up to here is left to offer.
  void seenUpTo(long revision) {
    seen = Math.max(seen, revision);
  }

  long seen() {
    return seen;
  }

  private void offer(Numbered numbered) {
    Runnable toWake;
    synchronized (this) {
      if (failed || ended) return;
      waiting.add(numbered);
      if (waiting.size() > MOST_WAITING) fail();
      notifyAll();
      toWake = wake;
    }
    toWake.run();
  }

  private void fail() {
    waiting.clear();
    var status = Status.expired("too old resource version: the watcher is too slow");
    waiting.add(new Numbered(taken, new WatchEvent(WatchEvent.Type.ERROR, status.json())));
    failed = true;
  }

  /// The last event.
  void end(WatchEvent error) {
    Runnable toWake;
    synchronized (this) {
      if (failed || ended) return;
      waiting.add(new Numbered(taken, error));
      failed = true;
      notifyAll();
      toWake = wake;
    }
    toWake.run();
  }

  @Override
  public synchronized @Nullable WatchEvent poll() {
    var first = initial.poll();
    if (first != null) return first;
    var next = waiting.poll();
    if (next == null) return null;
    taken = Math.max(taken, next.revision);
    if (next.event.type() == WatchEvent.Type.ERROR) ended = true;
    return next.event;
  }

  @Override
  public synchronized @Nullable WatchEvent poll(Duration wait) throws InterruptedException {
    var deadline = System.nanoTime() + wait.toNanos();
    while (nothingWaits() && !ended) {
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
    if (nothingWaits()) taken = Math.max(feedPosition, taken);
    return taken;
  }

  private boolean nothingWaits() {
    return initial.isEmpty() && waiting.isEmpty();
  }

  @Override
  public void onWake(Runnable r) {
    synchronized (this) {
      wake = r;
      if (nothingWaits()) return;
    }
    r.run();
  }

  @Override
  public void close() {
    synchronized (this) {
      ended = true;
      initial.clear();
      waiting.clear();
      notifyAll();
    }
    feed.remove(this);
  }
}
