package io.ordinal.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All open watches, by prefix. It only tells them that there is something to fetch: each then
/// reads the log at its own pace.
final class Watches {

  private static final Logger log = LoggerFactory.getLogger(Watches.class);

  private final NavigableMap<String, Set<PulledWatch>> byPrefix = new ConcurrentSkipListMap<>();

  /// Held by who comes and who goes, for a skip list computes nothing atomically: a group must not
  /// be taken away as empty that somebody has just joined. Whoever tells needs no lock.
  private final Object groups = new Object();

  private final Supplier<Image> newest;
  private final AtomicBoolean announcing = new AtomicBoolean();
  private volatile long announced;
  private volatile boolean closed;

  Watches(Supplier<Image> newest) {
    this.newest = newest;
    this.announced = newest.get().revision();
  }

  PulledWatch open(String prefix, long after) {
    newest.get().checkWatchable(after);
    var watch = new PulledWatch(this, newest, prefix, after);
    synchronized (groups) {
      byPrefix.computeIfAbsent(prefix, _ -> ConcurrentHashMap.newKeySet()).add(watch);
    }
    if (closed) {
      watch.close();
      throw new UnavailableException("the store is closed");
    }
    return watch;
  }

  void leave(PulledWatch watch) {
    synchronized (groups) {
      var group = byPrefix.get(watch.prefix());
      if (group != null && group.remove(watch) && group.isEmpty()) byPrefix.remove(watch.prefix());
    }
  }

  /// Every watch has been told of all changes up to here.
  long announced() {
    return announced;
  }

  /// Tells the watches of what was committed since the last time. When another call is at it
  /// (perhaps the one that this one was made from), that one goes on with what is new.
  void announce() {
    while (announced < newest.get().revision() && announcing.compareAndSet(false, true)) {
      try {
        announceNews();
      } finally {
        announcing.set(false);
      }
    }
  }

  private void announceNews() {
    var image = newest.get();
    var news = new LinkedHashMap<String, News>();
    for (var r = Math.max(announced, image.compacted()) + 1; r <= image.revision(); r++) {
      var revision = r;
      for (var prefix : prefixesOf(image.log().get(r).key())) {
        news.merge(prefix, new News(revision, revision), (old, _) -> new News(old.first, revision));
      }
    }
    news.forEach(this::tell);
    announced = image.revision();
  }

  void close() {
    closed = true;
    byPrefix.values().forEach(group -> group.forEach(PulledWatch::close));
  }

  private void tell(String prefix, News news) {
    for (var watch : byPrefix.getOrDefault(prefix, Set.of())) {
      try {
        watch.tell(news.first, news.last);
      } catch (RuntimeException e) {
        log.error(
            "A watch of {} failed to wake", prefix, e); // the others have to be told all the same
      }
    }
  }

  /// The watched prefixes that a key starts with. A prefix of the key sorts at or before it, and
  /// what sorts between a prefix and the key shares that prefix: so from each candidate that does
  /// not fit, the search goes on at what it has in common with the key.
  private List<String> prefixesOf(String key) {
    var found = new ArrayList<String>();
    var candidate = byPrefix.floorKey(key);
    while (candidate != null) {
      if (key.startsWith(candidate)) {
        found.add(candidate);
        candidate = byPrefix.lowerKey(candidate);
      } else {
        candidate = byPrefix.floorKey(inCommon(key, candidate));
      }
    }
    return found;
  }

  private static String inCommon(String key, String other) {
    var length = 0;
    while (length < Math.min(key.length(), other.length())
        && key.charAt(length) == other.charAt(length)) {
      length++;
    }
    return key.substring(0, length);
  }

  /// The first and the last matching revision that was not announced yet.
  private record News(long first, long last) {}
}
