package io.ordinal.controllers.statefulset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs tasks in batches of 1, 2, 4, … up to 500, the tasks of a batch at the same time. A failure
/// lets its batch end and keeps the next from beginning: what fails for one will often fail for
/// all, and then the API server has been asked only a few times.
final class SlowStart {
  private static final int LARGEST = 500;

  private final Executor executor;

  SlowStart(Executor executor) {
    this.executor = executor;
  }

  /// The first failure, if there was one.
  Optional<RuntimeException> run(List<Runnable> tasks) throws InterruptedException {
    int size = 1;
    for (int from = 0; from < tasks.size(); ) {
      int to = Math.min(tasks.size(), from + size);
      var failure = batch(tasks.subList(from, to));
      if (failure.isPresent()) return failure;
      from = to;
      size = Math.min(LARGEST, size * 2);
    }
    return Optional.empty();
  }

  private Optional<RuntimeException> batch(List<Runnable> tasks) throws InterruptedException {
    var failure = new AtomicReference<@Nullable RuntimeException>();
    var left = new CountDownLatch(tasks.size());
    for (var task : new ArrayList<>(tasks)) {
      executor.execute(() -> {
        try {
          task.run();
        } catch (RuntimeException e) {
          failure.compareAndSet(null, e);
        } finally {
          left.countDown();
        }
      });
    }
    left.await();
    return Optional.ofNullable(failure.get());
  }
}
