package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one informer true: list, then watch from the list's version; when the watch ends, watch on
/// from where it was; when the server no longer keeps that version (410), list again; after an
/// error, back off.
final class Feed<T extends HasMetadata> implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
  private static final Duration LONGEST_SLICE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration UNTIL_SERVED = Duration.ofSeconds(30);
  private static final Duration WORTH_A_WARNING = Duration.ofSeconds(10);

  private final Resources<T> resources;
  private final Informer<T> informer;
  private final InstantSource clock;
  private final Backoff backoff;
  private volatile Instant notBefore = Instant.MIN;
  private volatile @Nullable Thread thread;
  private String version = "";
  private @Nullable WatchStream stream;
  private @Nullable Instant failingSince;
  private boolean warned;

  Feed(Resources<T> resources, Informer<T> informer, InstantSource clock, RandomGenerator random) {
    this.resources = resources;
    this.informer = informer;
    this.clock = clock;
    this.backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30), random);
  }

  Informer<T> informer() {
    return informer;
  }

  Optional<Instant> nextDue() {
    return notBefore.isAfter(clock.instant()) ? Optional.of(notBefore) : Optional.empty();
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    Loop.run(name(), this::stepOrPark);
    close();
  }

  private boolean stepOrPark() {
    if (!step()) LockSupport.parkNanos(pause().toNanos());
    return true;
  }

  /// One piece of work: a list, the opening of a watch, or all that a watch has brought.
  boolean step() {
    if (clock.instant().isBefore(notBefore)) return false;
    try {
      if (stream != null) return drain(stream);
      if (version.isEmpty()) list();
      else openWatch();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (RuntimeException | Error e) {
      failed(e);
      return true;
    }
  }

  void close() {
    if (stream != null) stream.close();
    stream = null;
  }

  private void list() throws InterruptedException {
    var listing = resources.list(informer.keepsJson());
    informer.replace(listing.items(), ResourceVersions.parse(listing.version()));
    version = listing.version();
    backoff.reset();
    succeeded();
  }

  private void openWatch() throws InterruptedException {
    stream = resources.watch(version, this::wake);
    succeeded();
  }

  private boolean drain(WatchStream open) {
    boolean worked = false;
    for (var line = open.next(); line != null; line = open.next()) {
      apply(WatchEventLine.parse(line));
      backoff.reset();
      worked = true;
    }
    if (!open.ended()) return worked;
    close();
    var failure = open.failure();
    // A watch that ends before it brought anything is not reopened at once, or it would spin.
    if (failure != null) pauseAfterFailure(failure);
    else if (!worked) pauseAfter("it ended");
    return true;
  }

  private void apply(WatchEventLine event) {
    if (event.type() == WatchEventLine.Type.ERROR) throw resources.error(event.object());
    var cached = resources.read(event.object(), informer.keepsJson());
    switch (event.type()) {
      case ADDED, MODIFIED -> informer.apply(cached);
      case DELETED -> informer.remove(cached.object());
      case BOOKMARK -> informer.advance(ResourceVersions.of(cached.object()));
      case ERROR -> throw new IllegalStateException("an ERROR is not an object");
    }
    version = cached.object().getMetadata().getResourceVersion();
  }

  private void failed(Throwable e) {
    close();
    boolean expired =
        e instanceof KubernetesClientException refused
            && refused.getCode() == HttpURLConnection.HTTP_GONE;
    // Anything that is not plainly the connection's fault is healed by a fresh list as well.
    version = "";
    if (expired) LOG.debug("{}: version expired, listing again", name());
    else if (isUnserved(e)) pauseUntilServed();
    else pauseAfterFailure(e);
  }

  private static boolean isUnserved(Throwable e) {
    return e instanceof KubernetesClientException refused
        && refused.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
  }

  /// The definition of a custom kind was deleted, and may come back. What was known of its objects
  /// stays: that a path is unknown does not prove that they are gone.
  private void pauseUntilServed() {
    notBefore = clock.instant().plus(UNTIL_SERVED);
    LOG.debug("{}: the kind is not served; looking again in {}", name(), UNTIL_SERVED);
  }

  /// One failure is everyday life; some that go on are told, once.
  private void pauseAfterFailure(Throwable problem) {
    pauseAfter(problem.toString());
    if (failingSince == null) failingSince = clock.instant();
    var failing = Duration.between(failingSince, clock.instant());
    if (!warned && failing.compareTo(WORTH_A_WARNING) >= 0) {
      warned = true;
      LOG.warn("{}: no success for {} s: {}", name(), failing.toSeconds(), problem.toString());
    }
  }

  private void succeeded() {
    if (warned) LOG.info("{}: goes on", name());
    failingSince = null;
    warned = false;
  }

  private void pauseAfter(String problem) {
    var pause = backoff.next();
    notBefore = clock.instant().plus(pause);
    LOG.debug("{}: {}; looking again in {}", name(), problem, pause);
  }

  private String name() {
    return "informer of " + HasMetadata.getPlural(informer.type());
  }

  private void wake() {
    var waiting = thread;
    if (waiting != null) LockSupport.unpark(waiting);
  }

  /// Sleeps in slices while it backs off, so that a clock that was turned is noticed.
  private Duration pause() {
    if (nextDue().isEmpty()) return LONGEST_PAUSE;
    var left = Duration.between(clock.instant(), notBefore);
    return left.compareTo(LONGEST_SLICE) < 0 ? left : LONGEST_SLICE;
  }
}
