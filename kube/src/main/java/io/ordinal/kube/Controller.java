package io.ordinal.kube;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes keys from a queue and has them reconciled: by [#start] on a virtual thread per worker, or
/// by [#step] one key at a time on the caller's thread.
public final class Controller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

  private final String name;
  private final Reconciler reconciler;
  private final WorkQueue<ObjectKey> queue;
  private final int workers;
  private final List<Thread> threads = new ArrayList<>();

  public Controller(String name, Reconciler reconciler, WorkQueue<ObjectKey> queue, int workers) {
    this.name = name;
    this.reconciler = reconciler;
    this.queue = queue;
    this.workers = workers;
  }

  public String name() {
    return name;
  }

  public WorkQueue<ObjectKey> queue() {
    return queue;
  }

  /// Reconciles one key, if there is one; whether there was.
  public boolean step() {
    var key = queue.poll();
    if (key == null) return false;
    work(key);
    return true;
  }

  public synchronized void start() {
    for (int worker = 0; worker < workers; worker++) {
      threads.add(Loop.start(name + "-" + worker, this::takeAndWork));
    }
  }

  /// Ends the workers; a pass that is under way is interrupted and waited for.
  @Override
  public synchronized void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (var thread : threads) thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.clear();
  }

  private boolean takeAndWork() throws InterruptedException {
    work(queue.take());
    return true;
  }

  private void work(ObjectKey key) {
    try {
      var outcome = reconciler.reconcile(key);
      queue.forget(key);
      if (outcome instanceof Outcome.LookAgainAt(var time)) queue.addAt(key, time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      report(key, e);
      queue.addRateLimited(key);
    } catch (Error e) {
      queue.addRateLimited(key);
      throw e;
    } finally {
      queue.done(key);
    }
  }

  /// Two writers that meet are everyday life in Kubernetes, not news; a refusal needs no stack
  /// trace.
  private void report(ObjectKey key, Exception e) {
    if (!(e instanceof KubernetesClientException refused)) {
      LOG.warn("{}: {}; again later", name, key, e);
    } else if (refused.getCode() == HttpURLConnection.HTTP_CONFLICT) {
      LOG.debug("{}: {}: {}; again later", name, key, e.getMessage());
    } else {
      LOG.warn("{}: {}: {}; again later", name, key, e.getMessage());
    }
  }
}
