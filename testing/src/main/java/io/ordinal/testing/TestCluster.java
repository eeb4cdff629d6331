package io.ordinal.testing;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.ordinal.server.User;
import io.ordinal.store.StoreException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A cluster for a JUnit test. It does its work on a thread of its own while the test uses its
/// client; time stands still unless the test waits ([#await]) or turns the clock ([#pass]).
public final class TestCluster implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final long LOOK_AGAIN_MILLIS = 2;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition turn = lock.newCondition();
  private final SimulatedCluster cluster;
  private final KubernetesClient client;
  private final Thread engine;
  private volatile boolean closed;

  TestCluster(long seed, int nodes) {
    cluster = new SimulatedCluster(seed, nodes);
    client = cluster.plane().threadedClientFor(User.admin());
    cluster.settle();
    engine = Thread.ofVirtual().name("test-cluster").start(this::run);
  }

  /// An administrator's client, for any thread.
  public KubernetesClient client() {
    return client;
  }

  /// The clock by which the cluster lives. Turn it with [#pass], so that everything due on the way
  /// happens.
  public ManualClock clock() {
    return cluster.clock();
  }

  /// Waits until the condition holds, at most an hour of the cluster's time; only that time passes,
  /// and at once.
  ///
  /// @throws AssertionError when it does not come to hold
  public void await(BooleanSupplier condition) {
    lock.lock();
    try {
      if (!cluster.await(condition, LONGEST)) {
        throw new AssertionError("not within " + LONGEST + " of the cluster's time");
      }
    } finally {
      lock.unlock();
    }
  }

  /// Lets the cluster's time pass.
  public void pass(Duration time) {
    lock.lock();
    try {
      cluster.pass(time);
    } finally {
      lock.unlock();
    }
  }

  /// The cluster itself, for faults; nothing moves in it meanwhile.
  public void hurt(Consumer<SimulatedCluster> fault) {
    lock.lock();
    try {
      fault.accept(cluster);
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (!closed) {
        lock.lock();
        try {
          if (!cluster.step()) turn.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StoreException e) {
      if (!closed) throw e;
    }
  }

  @Override
  public void close() {
    closed = true;
    lock.lock();
    try {
      turn.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      engine.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
    cluster.close();
  }
}
