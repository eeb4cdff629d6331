package io.ordinal.kube;

import io.ordinal.kube.Events.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/// Decides what becomes of an event, by the three rules that Kubernetes' own components keep:
///
/// - a source may tell 25 things about one object at once, then one more every five minutes;
/// - after ten events that differ only in their message within ten minutes, further ones are one
///   event whose message begins `(combined from similar events): `;
/// - an event told again is not a new object: its count goes up.
final class EventCorrelator {
  sealed interface Judgement permits Drop, First, Repeat {}

  /// What is written, and under which key it is remembered.
  sealed interface Judged permits First, Repeat {
    String key();
  }

  record Drop() implements Judgement {}

  record First(String key, Told told) implements Judgement, Judged {}

  record Repeat(String key, Told told, String name, int count) implements Judgement, Judged {}

  private record Written(String name, int count) {}

  private static final int MOST_REMEMBERED = 4096;
  private static final int BURST = 25;
  private static final Duration REFILL = Duration.ofMinutes(5);
  private static final int MOST_SIMILAR = 10;
  private static final Duration SIMILAR_WITHIN = Duration.ofMinutes(10);

  private final Map<String, Written> written = new Remembered<>();
  private final Map<String, Deque<Instant>> spent = new Remembered<>();
  private final Map<String, Similar> similar = new Remembered<>();
  private long sequence;

  private static final class Similar {
    private final TreeSet<String> messages = new TreeSet<>();
    private Instant last = Instant.EPOCH;
  }

  /// The newest keys only: an event that was forgotten begins a new object.
  private static final class Remembered<V> extends LinkedHashMap<String, V> {
    private Remembered() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > MOST_REMEMBERED;
    }
  }

  Judgement judge(Told told) {
    if (!mayTell(object(told), told.at())) return new Drop();
    var kind = object(told) + "/" + told.type() + "/" + told.reason();
    boolean combined = isOneOfTooMany(kind, told);
    var key = combined ? kind : kind + "/" + told.message();
    var message = combined ? "(combined from similar events): " + told.message() : told.message();
    var tell = new Told(told.about(), told.type(), told.reason(), message, told.at());
    var known = written.get(key);
    return known == null
        ? new First(key, tell)
        : new Repeat(key, tell, known.name, known.count + 1);
  }

  void written(String key, String name, int count) {
    written.put(key, new Written(name, count));
  }

  /// The object's name and a number that grows with time.
  String freshName(Told told) {
    var at = told.at();
    long nanos = at.getEpochSecond() * 1_000_000_000 + at.getNano() + sequence++;
    return told.about().getName() + "." + Long.toHexString(nanos);
  }

  /// A bucket of [#BURST] tokens; each comes back [#REFILL] after the one before it.
  private boolean mayTell(String object, Instant now) {
    var returns = spent.computeIfAbsent(object, _ -> new ArrayDeque<>());
    while (!returns.isEmpty() && !returns.peek().isAfter(now)) returns.remove();
    if (returns.size() >= BURST) return false;
    returns.add((returns.isEmpty() ? now : returns.getLast()).plus(REFILL));
    return true;
  }

  private boolean isOneOfTooMany(String kind, Told told) {
    var seen = similar.computeIfAbsent(kind, _ -> new Similar());
    if (seen.last.plus(SIMILAR_WITHIN).isBefore(told.at())) seen.messages.clear();
    seen.last = told.at();
    if (seen.messages.contains(told.message())) return false;
    if (seen.messages.size() >= MOST_SIMILAR) return true;
    seen.messages.add(told.message());
    return false;
  }

  private static String object(Told told) {
    var about = told.about();
    return String.join(
        "/",
        String.valueOf(about.getKind()),
        String.valueOf(about.getNamespace()),
        String.valueOf(about.getName()),
        String.valueOf(about.getUid()),
        String.valueOf(about.getFieldPath()));
  }
}
