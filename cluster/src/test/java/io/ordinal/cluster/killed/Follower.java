package io.ordinal.cluster.killed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A watcher that comes back after each crash with the revision of the last event that it saw.
final class Follower {

  private static final long LONGEST_SECONDS = 30;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final NavigableMap<Long, Event> seen = new TreeMap<>();
  private final Map<String, Event> objects = new TreeMap<>();
  private long last;

  /// One that comes when this list is what there is.
  Follower(JsonNode list) {
    last = Long.parseLong(list.path("metadata").path("resourceVersion").asString());
    for (var item : list.path("items")) {
      var event = Event.of("ADDED", item);
      objects.put(event.name(), event);
    }
  }

  /// Watches until the connection ends.
  Void follow(Api api) throws InterruptedException {
    try (var lines = new BufferedReader(new InputStreamReader(api.watch(revision()), UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var event = JsonMapper.shared().readTree(line);
        see(Event.of(event.path("type").asString(), event.path("object")));
      }
      throw new AssertionError("the watch was ended by the server at " + revision());
    } catch (IOException e) {
      api.ended(e);
      return null;
    }
  }

  private void see(Event event) {
    lock.lock();
    try {
      if (event.revision() <= last) {
        throw new AssertionError("after revision " + last + " there came " + event);
      }
      last = event.revision();
      seen.put(last, event);
      switch (event.type()) {
        case "ADDED", "MODIFIED" -> objects.put(event.name(), event);
        case "DELETED" -> objects.remove(event.name());
        default -> throw new AssertionError("no event of an object: " + event);
      }
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The revision of the last event.
  long revision() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until an event of this revision or a later one was seen.
  void await(long revision) throws InterruptedException {
    var left = TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    lock.lock();
    try {
      while (last < revision) {
        if (left <= 0) throw new AssertionError("stands at " + last + ", not at " + revision);
        left = more.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /// All events by their revision; to be read while nothing is written.
  NavigableMap<Long, Event> seen() {
    return seen;
  }

  /// What exists if exactly these events happened: name → the last event of it.
  Map<String, Event> objects() {
    return objects;
  }
}
