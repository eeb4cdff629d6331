package io.ordinal.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A virtual thread per loop.
final class ThreadPace implements Pace {
  private final InstantSource clock;
  private final Set<Loop> loops = ConcurrentHashMap.newKeySet();

  ThreadPace(InstantSource clock) {
    this.clock = clock;
  }

  private final class Loop implements Runnable {
    private final Task task;
    private boolean woken;
    private @Nullable Thread thread;

    Loop(Task task) {
      this.task = task;
    }

    @Override
    public void run() {
      try {
        var next = task.step();
        while (next.isPresent()) {
          sleepUntil(next.get());
          next = task.step();
        }
      } catch (InterruptedException e) {
        // the agent is closed
      } finally {
        loops.remove(this);
      }
    }

    synchronized void wake() {
      woken = true;
      notifyAll();
    }

    private synchronized void sleepUntil(Instant next) throws InterruptedException {
      long millis = millisUntil(next);
      while (!woken && millis > 0) {
        wait(millis);
        millis = millisUntil(next);
      }
      woken = false;
      if (Thread.interrupted()) throw new InterruptedException();
    }

    private long millisUntil(Instant next) {
      var left = Duration.between(clock.instant(), next);
      return left.isNegative() ? 0 : left.plusNanos(999_999).toMillis();
    }
  }

  @Override
  public Runnable add(String name, Task task) {
    var loop = new Loop(task);
    loops.add(loop);
    loop.thread = Thread.ofVirtual().name(name).start(loop);
    return loop::wake;
  }

  @Override
  public void close() {
    loops.forEach(loop -> Optional.ofNullable(loop.thread).ifPresent(Thread::interrupt));
  }
}
