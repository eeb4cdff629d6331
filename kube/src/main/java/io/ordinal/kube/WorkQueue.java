package io.ordinal.kube;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keys to be looked at: fair (in the order in which they came), stingy (a key that comes again
/// while it waits is looked at once), exclusive (a key is never in two hands), and one that is
/// touched while in hand comes back once.
///
/// A key may also come later: after a delay, or after a pause that doubles with its every failure
/// (5 ms · 2^n, at most 1000 s), until [#forget].
public final class WorkQueue<K> {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1000);

  /// A wait is cut into slices, so that a clock that was turned or has jumped is noticed.
  private static final Duration LONGEST_SLICE = Duration.ofSeconds(1);

  private enum Place {
    IN_LINE,
    IN_HAND,
    IN_HAND_AND_TOUCHED
  }

  private record Delayed<K>(K key, Instant due, long order) {}

  private final InstantSource clock;
  private final Map<K, Place> places = new HashMap<>();
  private final Deque<K> line = new ArrayDeque<>();
  private final Map<K, Delayed<K>> delayed = new HashMap<>();
  private final Queue<Delayed<K>> byTime = new PriorityQueue<>(WorkQueue::compare);
  private final Map<K, Integer> failures = new HashMap<>();
  private long order;

  public WorkQueue(InstantSource clock) {
    this.clock = clock;
  }

  public synchronized void add(K key) {
    switch (places.get(key)) {
      case null -> {
        places.put(key, Place.IN_LINE);
        line.add(key);
        notifyAll();
      }
      case IN_HAND -> places.put(key, Place.IN_HAND_AND_TOUCHED);
      case IN_LINE, IN_HAND_AND_TOUCHED -> {}
    }
  }

  /// The key comes when the delay is over; if it was to come later than that, it comes earlier.
  public synchronized void addAfter(K key, Duration delay) {
    if (delay.isPositive()) addAt(key, clock.instant().plus(delay));
    else add(key);
  }

  public synchronized void addAt(K key, Instant due) {
    var known = delayed.get(key);
    if (known != null && !due.isBefore(known.due)) return;
    var later = new Delayed<>(key, due, order++);
    delayed.put(key, later);
    byTime.add(later);
    notifyAll();
  }

  /// The key comes after a pause that doubles each time.
  public synchronized void addRateLimited(K key) {
    int before = failures.merge(key, 1, Integer::sum) - 1;
    addAfter(key, Backoff.doubled(FIRST_PAUSE, before, LONGEST_PAUSE));
  }

  /// The key did well: its pauses begin again with the shortest.
  public synchronized void forget(K key) {
    failures.remove(key);
  }

  /// Waits for a key and takes it in hand; [#done] gives it back.
  public synchronized K take() throws InterruptedException {
    var key = poll();
    while (key == null) {
      wait(millisToWait());
      key = poll();
    }
    return key;
  }

  /// A key that can be looked at now, taken in hand, or null.
  public synchronized @Nullable K poll() {
    fetchDue();
    var key = line.poll();
    if (key != null) places.put(key, Place.IN_HAND);
    return key;
  }

  public synchronized void done(K key) {
    if (places.remove(key) == Place.IN_HAND_AND_TOUCHED) add(key);
  }

  /// How many keys stand in line now.
  public synchronized int size() {
    return line.size();
  }

  /// All keys that are to be looked at: in line, in hand, and those that come later.
  public synchronized Set<K> keys() {
    var keys = new LinkedHashSet<>(line);
    keys.addAll(places.keySet());
    keys.addAll(delayed.keySet());
    return keys;
  }

  /// When the next delayed key comes.
  public synchronized Optional<Instant> nextDue() {
    dropReplaced();
    return Optional.ofNullable(byTime.peek()).map(Delayed::due);
  }

  /// 0 means: until somebody calls.
  private long millisToWait() {
    var due = nextDue();
    if (due.isEmpty()) return 0;
    var left = Duration.between(clock.instant(), due.get());
    var slice = left.compareTo(LONGEST_SLICE) < 0 ? left : LONGEST_SLICE;
    return Math.max(1, slice.plusNanos(999_999).toMillis());
  }

  private void fetchDue() {
    if (byTime.isEmpty()) return;
    var now = clock.instant();
    while (nextDue().filter(due -> !due.isAfter(now)).isPresent()) {
      var due = byTime.remove();
      delayed.remove(due.key);
      add(due.key);
    }
  }

  private void dropReplaced() {
    while (!byTime.isEmpty() && !byTime.peek().equals(delayed.get(byTime.peek().key)))
      byTime.remove();
  }

  private static int compare(Delayed<?> a, Delayed<?> b) {
    int byDue = a.due.compareTo(b.due);
    return byDue != 0 ? byDue : Long.compare(a.order, b.order);
  }
}
