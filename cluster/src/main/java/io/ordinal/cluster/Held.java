package io.ordinal.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/// Work that waits until something more urgent is over.
final class Held implements Executor {
  private final Executor executor;
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean released;
  private int undone;

  /// @param executor does the work when it is released
  Held(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void execute(Runnable work) {
    Runnable counted =
        () -> {
          try {
            work.run();
          } finally {
            done();
          }
        };
    synchronized (this) {
      undone++;
      if (!released) {
        waiting.add(counted);
        return;
      }
    }
    executor.execute(counted);
  }

  private synchronized void done() {
    undone--;
    notifyAll();
  }

  /// Whether all that it was given has been done.
  synchronized boolean isDone() {
    return undone == 0;
  }

  /// Waits for that.
  synchronized void awaitDone() throws InterruptedException {
    while (undone > 0) wait();
  }

  /// Lets everything go, now and from now on.
  void release() {
    List<Runnable> free;
    synchronized (this) {
      released = true;
      free = List.copyOf(waiting);
      waiting.clear();
    }
    free.forEach(executor::execute);
  }
}
