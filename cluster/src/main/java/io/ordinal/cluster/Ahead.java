package io.ordinal.cluster;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A value that is made on a thread of its own while its taker has other things to do.
public final class Ahead<T> {

  private final FutureTask<T> task;

  private Ahead(FutureTask<T> task) {
    this.task = task;
  }

  /// Begins at once.
  ///
  /// @param name of the thread
  public static <T> Ahead<T> of(String name, Callable<T> making) {
    var task = new FutureTask<>(making);
    Thread.ofPlatform().name(name).daemon().start(task);
    return new Ahead<>(task);
  }

  /// Waits for the value.
  ///
  /// @throws RuntimeException what making it threw; a checked exception is the cause of an
  ///   IllegalStateException
  public T get() {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException unchecked) throw unchecked;
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", e);
    }
  }
}
