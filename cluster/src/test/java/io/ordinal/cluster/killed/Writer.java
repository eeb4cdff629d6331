package io.ordinal.cluster.killed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;

/// Creates, changes and deletes config maps of its own, one after the other, until the server is
/// gone; answers what was acknowledged.
final class Writer implements Callable<List<Event>> {

  private final Api api;
  private final String name;
  private final SplittableRandom random;
  private final Runnable acknowledged;
  private final List<Event> events = new ArrayList<>();
  private int writes;
  private boolean exists;

  Writer(Api api, String name, SplittableRandom random, Runnable acknowledged) {
    this.api = api;
    this.name = name;
    this.random = random;
    this.acknowledged = acknowledged;
  }

  @Override
  public List<Event> call() throws InterruptedException {
    try {
      while (true) {
        events.add(write());
        acknowledged.run();
      }
    } catch (IOException e) {
      api.ended(e);
      return events; // whether the last write was done is open
    }
  }

  private Event write() throws IOException, InterruptedException {
    var mark = name + " " + ++writes;
    if (!exists) {
      exists = true;
      return Event.of("ADDED", api.create(name, mark));
    }
    if (random.nextInt(3) > 0) return Event.of("MODIFIED", api.replace(name, mark));
    exists = false;
    return deletion(api.delete(name));
  }

  /// The answer to a deletion may be a Status, which says no resourceVersion.
  private Event deletion(JsonNode answer) {
    var last = events.getLast();
    var revision = answer.path("metadata").path("resourceVersion").asString("0");
    return new Event(Long.parseLong(revision), "DELETED", name, last.mark());
  }
}
