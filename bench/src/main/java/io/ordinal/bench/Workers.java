package io.ordinal.bench;

import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Does the same thing many times at once, on virtual threads, and passes on the first failure.
final class Workers {

  private Workers() {}

  interface Work {
    void by(int worker) throws Exception;
  }

  static void run(int count, Work work) throws Exception {
    var failures = new ConcurrentLinkedQueue<Exception>();
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < count; i++) {
      var worker = i;
      threads.add(Thread.ofVirtual().start(() -> attempt(work, worker, failures)));
    }
    for (var thread : threads) {
      thread.join();
    }
    @Nullable Exception failure = failures.peek();
    if (failure != null) {
      throw failure;
    }
  }

  private static void attempt(Work work, int worker, ConcurrentLinkedQueue<Exception> failures) {
    try {
      work.by(worker);
    } catch (Exception e) {
      failures.add(e);
    }
  }
}
