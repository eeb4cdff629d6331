package io.ordinal.server.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.tree.Json;
import io.ordinal.server.tree.Tree;
import io.ordinal.store.Change;
import io.ordinal.store.Expect;
import io.ordinal.store.MemoryStore;
import io.ordinal.store.Store;
import io.ordinal.store.Value;
import io.ordinal.store.Watch;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Watches that come back, that begin with very many objects, and that outlive their server.
class FeedEdgesTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final Kind KIND = Kind.namespaced("v1", "ConfigMap", "configmaps");
  private static final int WRITERS = 4;
  private static final int WRITES = 150;
  private static final int WATCHERS = 12;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  @Timeout(60)
  void whoComesBackAgainAndAgainSeesEachChangeOnceAndInOrder(long seed) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var api = new Api(MemoryStore.create(), seed, threads)) {
      var begin = api.store.revision();
      var writers = new ArrayList<Thread>();
      for (var i = 0; i < WRITERS; i++) {
        var writer = i;
        writers.add(Thread.ofVirtual().start(() -> write(api.store, writer)));
      }
      var last = begin + WRITERS * WRITES;
      var watchers = new ArrayList<Returning>();
      var running = new ArrayList<Thread>();
      for (var i = 0; i < WATCHERS; i++) {
        var watcher = new Returning(api, begin, last, seed * 100 + i);
        watchers.add(watcher);
        running.add(Thread.ofVirtual().start(watcher));
      }
      for (var thread : writers) thread.join();
      for (var thread : running) thread.join();
      for (var watcher : watchers) {
        var all = new ArrayList<Long>();
        for (var revision = begin + 1; revision <= last; revision++) all.add(revision);
        assertThat(watcher.seen).as("seed %d", seed).isEqualTo(all);
      }
    }
  }

  private static void write(Store store, int writer) {
    for (var i = 0; i < WRITES; i++) {
      var name = "m" + writer + "-" + i % 7;
      store.put(KIND.key("default", name), map(name, i), Expect.ANYTHING);
    }
  }

  private static Value map(String name, int i) {
    var map = Tree.object("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata").put("name", name).put("namespace", "default");
    map.putObject("data").put("i", Integer.toString(i));
    return Json.encode(map);
  }

  /// Takes a few events, goes away and comes back at the last revision.
  private static final class Returning implements Runnable {
    private final Api api;
    private final long last;
    private final RandomGenerator random;
    private final ArrayList<Long> seen = new ArrayList<>();
    private long at;

    Returning(Api api, long begin, long last, long seed) {
      this.api = api;
      this.last = last;
      this.at = begin;
      this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    @Override
    public void run() {
      while (at < last) {
        try (var events = api.watch(MAPS + "?resourceVersion=" + at)) {
          for (var i = random.nextInt(40); i >= 0 && at < last; i--) {
            var event = events.poll(Duration.ofMillis(5));
            if (event == null) break;
            assertThat(event.type()).isIn(WatchEvent.Type.ADDED, WatchEvent.Type.MODIFIED);
            at = Long.parseLong(Api.at(event.tree(), "metadata.resourceVersion"));
            seen.add(at);
          }
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  @Test
  void aWatchMayBeginWithMoreObjectsThanMayWait() {
    try (var api = new Api()) {
      for (var i = 0; i < 33_000; i++) {
        api.store.put(KIND.key("default", "m" + i), map("m" + i, i), Expect.ABSENT);
      }
      try (var events = api.watch(MAPS)) {
        for (var i = 0; i < 33_000; i++) {
          var event = Objects.requireNonNull(events.poll());
          assertThat(event.type()).isEqualTo(WatchEvent.Type.ADDED);
        }
        assertThat(events.poll()).isNull();
      }
    }
  }

  /// Just before it is read it goes: either it was there and its end is told, or neither.
  @Test
  void aWatchOfOneNameTellsOfNoEndOfWhatItHasNotShown() {
    var store = MemoryStore.create();
    var key = KIND.key("default", "m");
    store.put(key, map("m", 0), Expect.ABSENT);
    var armed = new AtomicBoolean();
    InvocationHandler racing =
        (_, method, arguments) -> {
          var reads = method.getName().equals("get") || method.getName().equals("range");
          if (reads && armed.getAndSet(false)) store.delete(key, map("m", 0), Expect.ANYTHING);
          return method.invoke(store, arguments);
        };
    var loader = Store.class.getClassLoader();
    var raced = (Store) Proxy.newProxyInstance(loader, new Class<?>[] {Store.class}, racing);
    try (var api = new Api(raced, 1)) {
      armed.set(true);
      var told = new ArrayList<WatchEvent.Type>();
      try (var events = api.watch(MAPS + "?fieldSelector=metadata.name=m")) {
        for (var e = events.poll(); e != null; e = events.poll()) told.add(e.type());
      }
      assertThat(armed).isFalse();
      assertThat(told).isEmpty();
    }
  }

  @Test
  void watchesEndWithAStatusWhenTheServerStops() {
    var api = new Api();
    var events = api.watch(MAPS);
    var woken = new AtomicInteger();
    events.onWake(woken::incrementAndGet);
    api.registry.close();
    assertThat(woken).hasValue(1);
    var event = Objects.requireNonNull(events.poll());
    assertThat(event.type()).isEqualTo(WatchEvent.Type.ERROR);
    assertThat(Api.at(event.tree(), "code")).isEqualTo("503");
    assertThat(events.ended()).isTrue();
    assertThat(Api.refusal(() -> api.watch(MAPS)).code()).isEqualTo(503);
    api.close();
  }

  /// A newcomer that takes its time to read what it missed.
  @Test
  @Timeout(30)
  void whoCatchesUpDelaysNobodyElse() throws Exception {
    var store = new SlowHistory(MemoryStore.create());
    try (var api = new Api(store, 1)) {
      var begin = store.revision();
      var live = api.watch(MAPS + "?resourceVersion=" + begin);
      api.store.put(KIND.key("default", "a"), map("a", 1), Expect.ABSENT);
      store.slow = true;
      var late = new ArrayList<String>();
      var newcomer =
          Thread.ofVirtual()
              .start(() -> late.addAll(Api.events(api.watch(MAPS + "?resourceVersion=" + begin))));
      store.reading.await();
      api.store.put(KIND.key("default", "b"), map("b", 2), Expect.ABSENT);
      assertThat(Api.events(live)).containsExactly("ADDED a", "ADDED b");
      store.goOn.countDown();
      newcomer.join();
      assertThat(late).containsExactly("ADDED a", "ADDED b");
    }
  }

  /// A store whose next watch waits in the middle of its history.
  private static final class SlowHistory extends PassingStore {
    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private volatile boolean slow;

    SlowHistory(Store store) {
      super(store);
    }

    @Override
    public Watch watch(String prefix, long after) {
      var watch = super.watch(prefix, after);
      if (!slow) return watch;
      slow = false;
      return new SlowWatch(watch);
    }

    private final class SlowWatch implements Watch {
      private final Watch watch;

      SlowWatch(Watch watch) {
        this.watch = watch;
      }

      @Override
      public @Nullable Change poll() {
        reading.countDown();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        return watch.poll();
      }

      @Override
      public @Nullable Change poll(Duration wait) throws InterruptedException {
        return watch.poll(wait);
      }

      @Override
      public Change take() throws InterruptedException {
        return watch.take();
      }

      @Override
      public long position() {
        return watch.position();
      }

      @Override
      public void onWake(Runnable wake) {
        watch.onWake(wake);
      }

      @Override
      public void close() {
        watch.close();
      }
    }
  }
}
