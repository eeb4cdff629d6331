package io.ordinal.store;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A place in the log that moves when somebody asks. It is either idle (nothing matching is known
/// behind its place, and it will be told when that changes) or has matching changes ahead, from
/// `next` on.
final class PulledWatch implements Watch {

  private final Watches watches;
  private final Supplier<Image> newest;
  private final String prefix;
  private long position;
  private long next;
  private boolean idle;
  private boolean closed;
  private Runnable wake = () -> {};

  PulledWatch(Watches watches, Supplier<Image> newest, String prefix, long after) {
    this.watches = watches;
    this.newest = newest;
    this.prefix = prefix;
    this.position = after;
    this.next = after + 1;
  }

  String prefix() {
    return prefix;
  }

  @Override
  public synchronized Change take() throws InterruptedException {
    while (true) {
      var change = poll();
      if (change != null) {
        return change;
      }
      checkOpen();
      wait();
    }
  }

  @Override
  public synchronized @Nullable Change poll(Duration wait) throws InterruptedException {
    var end = System.nanoTime() + wait.toNanos();
    while (true) {
      var change = poll();
      var left = end - System.nanoTime();
      if (change != null || left <= 0) {
        return change;
      }
      checkOpen();
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
  }

  @Override
  public synchronized @Nullable Change poll() {
    if (idle || closed) {
      return null;
    }
    var image = newest.get();
    if (next <= image.compacted()) {
      throw new CompactedException(position, image.compacted());
    }
    for (var r = next; r <= image.revision(); r++) {
      var change = image.log().get(r);
      if (change.key().startsWith(prefix)) {
        position = r;
        next = r + 1;
        return change;
      }
    }
    position = image.revision();
    next = position + 1;
    idle = true; // whatever is committed from now on will be told
    return null;
  }

  @Override
  public synchronized long position() {
    var announced = watches.announced();
    if (idle) {
      position = Math.max(position, announced);
    }
    return position;
  }

  @Override
  public void onWake(Runnable wake) {
    synchronized (this) {
      this.wake = wake;
    }
    wake.run();
  }

  @Override
  public void close() {
    watches.leave(this);
    Runnable last;
    synchronized (this) {
      closed = true;
      notifyAll();
      last = wake;
    }
    last.run();
  }

  /// Matching changes have been committed, the first and the last of them at these revisions.
  void tell(long first, long last) {
    Runnable told;
    synchronized (this) {
      if (!idle || last <= position) {
        return;
      }
      idle = false;
      next = Math.max(next, first);
      notifyAll();
      told = wake;
    }
    told.run();
  }

  private void checkOpen() {
    if (closed) {
      throw new UnavailableException("the watch is closed");
    }
  }
}
