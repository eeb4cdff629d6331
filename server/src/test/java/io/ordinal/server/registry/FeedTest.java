package io.ordinal.server.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.server.ApiException;
import io.ordinal.store.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many writers, watchers that come at any time, changes handed out by threads of their own: what a
/// watcher was told always adds up to what is stored.
class FeedTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final int WRITERS = 8;
  private static final int WRITES = 60;
  private static final Duration PATIENCE = Duration.ofMillis(1);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyWatcherKnowsInTheEndWhatIsStored(long seed) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var api = new Api(MemoryStore.create(), seed, threads)) {
      var watchers = new ArrayList<Watcher>();
      var writers = new ArrayList<Thread>();
      for (var i = 0; i < WRITERS; i++) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 100 + i);
        writers.add(Thread.ofVirtual().start(() -> write(api, random)));
        watchers.add(new Watcher(api, ""));
        watchers.add(new Watcher(api, "&labelSelector=colour=red"));
        watchers.add(new Watcher(api, "&fieldSelector=metadata.name=m3"));
      }
      for (var writer : writers) writer.join();
      for (var watcher : watchers) {
        assertThat(watcher.known(api))
            .as("seed %d, watcher %s", seed, watcher.query)
            .isEqualTo(watcher.stored(api));
      }
    }
  }

  /// Creates, paints and deletes one of ten maps.
  private static void write(Api api, RandomGenerator random) {
    for (var i = 0; i < WRITES; i++) {
      var name = "m" + random.nextInt(10);
      var colour = random.nextBoolean() ? "red" : "blue";
      var labels =
          "{'metadata':{'name':'"
              + name
              + "','labels':{'colour':'"
              + colour
              + "'}},'data':{'i':'"
              + i
              + "'}}";
      try {
        switch (random.nextInt(3)) {
          case 0 -> api.post(MAPS, labels);
          case 1 -> api.merge(MAPS + "/" + name, labels);
          default -> api.delete(MAPS + "/" + name);
        }
      } catch (ApiException e) {
        assertThat(e.status().code()).isIn(404, 409);
      }
    }
  }

  /// Folds the events of one watch into the objects that it knows.
  private static final class Watcher {
    private final String query;
    private final Subscription events;
    private final Map<String, String> known = new TreeMap<>();

    Watcher(Api api, String query) {
      this.query = query;
      this.events = api.watch(MAPS + "?resourceVersion=" + query);
    }

    /// A bookmark at the last revision says that everything was taken.
    Map<String, String> known(Api api) throws InterruptedException {
      var end = api.store.revision();
      var seen = 0L;
      while (seen < end) {
        var event = events.poll(PATIENCE);
        if (event != null) fold(event);
        else seen = Long.parseLong(Api.at(events.bookmark().tree(), "metadata.resourceVersion"));
      }
      return known;
    }

    private void fold(WatchEvent event) {
      var name = Metadata.name(event.tree());
      var version = Api.at(event.tree(), "metadata.resourceVersion");
      switch (event.type()) {
        case ADDED -> assertThat(known.put(name, version)).as("added twice: %s", name).isNull();
        case MODIFIED ->
            assertThat(known.put(name, version)).as("modified unseen: %s", name).isNotNull();
        case DELETED -> assertThat(known.remove(name)).as("deleted unseen: %s", name).isNotNull();
        case BOOKMARK, ERROR -> throw new AssertionError(event.type());
      }
    }

    Map<String, String> stored(Api api) {
      var stored = new TreeMap<String, String>();
      for (var map : api.list(MAPS + "?" + query))
        stored.put(Metadata.name(map), Api.at(map, "metadata.resourceVersion"));
      return stored;
    }
  }
}
