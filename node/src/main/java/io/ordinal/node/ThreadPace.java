package io.ordinal.node;

import io.ordinal.kube.Loop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A virtual thread per loop; what a task throws does not end its loop.
final class ThreadPace implements Pace {
  private final InstantSource clock;
  private final Set<Repeated> loops = ConcurrentHashMap.newKeySet();

  ThreadPace(InstantSource clock) {
    this.clock = clock;
  }

  private final class Repeated implements Loop.Work {
    private final Task task;
    private boolean woken;
    private @Nullable Thread thread;

    Repeated(Task task) {
      this.task = task;
    }

    @Override
    public boolean step() throws InterruptedException {
      var next = task.step();
      if (next.isPresent()) {
        sleepUntil(next.get());
      } else {
        loops.remove(this);
      }
      return next.isPresent();
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
    var loop = new Repeated(task);
    loops.add(loop);
    loop.thread = Loop.start(name, loop);
    return loop::wake;
  }

  @Override
  public void close() {
    loops.forEach(loop -> Optional.ofNullable(loop.thread).ifPresent(Thread::interrupt));
  }
}
