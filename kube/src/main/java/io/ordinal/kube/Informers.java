package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// The informers of one client: one per kind and scope, shared by all who ask.
///
/// They list and watch by themselves and not by the client library's informers, so that a clock and
/// a seed govern all of it. There are two ways to run them, with the very same code: [#start] gives
/// each a virtual thread, and [#step] does one bounded piece of work on the caller's thread, for
/// simulations.
public final class Informers implements AutoCloseable {
  private static final Duration SYNC_CHECK = Duration.ofMillis(2);

  private record Id(Class<?> type, ResourceType resource, Scope scope) {}

  private final KubernetesClient client;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<Id, Feed<?>> feeds = new LinkedHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean started;

  public Informers(KubernetesClient client, InstantSource clock, RandomGenerator random) {
    this.client = client;
    this.clock = clock;
    this.random = random;
  }

  public <T extends HasMetadata> Informer<T> of(Class<T> type) {
    return of(type, Scope.EVERYTHING);
  }

  public <T extends HasMetadata> Informer<T> of(Class<T> type, String fieldSelector) {
    return of(type, Scope.fields(fieldSelector));
  }

  public <T extends HasMetadata> Informer<T> of(Class<T> type, Scope scope) {
    return of(type, ResourceType.of(type), scope);
  }

  /// The metadata of every object of any kind, as far as it says who belongs to whom: neither
  /// labels nor annotations, and `kind` is not the object's.
  public Informer<PartialObjectMetadata> metadataOf(ResourceType resource) {
    return of(PartialObjectMetadata.class, resource, Scope.EVERYTHING);
  }

  @SuppressWarnings("unchecked") // the class in the key is the feed's own type
  private synchronized <T extends HasMetadata> Informer<T> of(
      Class<T> type, ResourceType resource, Scope scope) {
    var id = new Id(type, resource, scope);
    var known = feeds.get(id);
    if (known != null) return (Informer<T>) known.informer();
    var collection = new Resources<>(client, type, resource, scope);
    var feed = new Feed<>(collection, new Informer<>(type), clock, random);
    feeds.put(id, feed);
    if (started) run(feed);
    return feed.informer();
  }

  /// One bounded piece of work of each informer that has some; whether there was any. Not to be
  /// mixed with [#start].
  public boolean step() {
    boolean worked = false;
    for (var feed : all()) worked |= feed.step();
    return worked;
  }

  /// When an informer that backs off will try again, the earliest; a simulation turns its clock to
  /// it.
  public Optional<Instant> nextDue() {
    return all().stream().flatMap(feed -> feed.nextDue().stream()).min(Instant::compareTo);
  }

  public synchronized void start() {
    started = true;
    feeds.values().forEach(this::run);
  }

  /// Whether every informer has its first list.
  public boolean synced() {
    return all().stream().allMatch(feed -> feed.informer().synced());
  }

  /// Runs something once every informer has its first list, on a thread of its own, which an
  /// interrupt ends. Nobody acts on half of the truth: what a cache has not shown yet would count
  /// as absent.
  public Thread whenSynced(String name, Runnable action) {
    return Thread.ofVirtual()
        .name(name)
        .start(() -> {
          while (!synced()) {
            if (Thread.currentThread().isInterrupted()) return;
            LockSupport.parkNanos(SYNC_CHECK.toNanos());
          }
          action.run();
        });
  }

  @Override
  public void close() {
    List<Thread> running;
    synchronized (this) {
      running = List.copyOf(threads);
      threads.clear();
    }
    running.forEach(Thread::interrupt);
    if (running.isEmpty()) all().forEach(Feed::close);
  }

  private synchronized List<Feed<?>> all() {
    return List.copyOf(feeds.values());
  }

  private void run(Feed<?> feed) {
    var name = "informer-" + HasMetadata.getPlural(feed.informer().type());
    threads.add(Thread.ofVirtual().name(name).start(feed));
  }
}
