package io.ordinal.cluster.killed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ordinal killed with SIGKILL in the middle of 64 writers, again and again: what was acknowledged
/// is there afterwards, revisions go on, and watchers go on without a gap.
///
/// `-Dkills=200 -Dseed=7` play another story than the usual one.
@Tag("slow")
class KilledTest {

  private static final int WRITERS = 64;
  private static final int KILLS = Integer.getInteger("kills", 50);
  private static final long SEED = Long.getLong("seed", 1);

  /// Comes back after every third crash only, and has to be told of three lives then.
  private static final int RARELY = 3;

  @TempDir(factory = TargetFolder.class)
  private Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<Event> acknowledged = new ArrayList<>();
  private final List<Follower> followers = new ArrayList<>();
  private long highest;
  private int round;

  @Test
  void whatWasAcknowledgedIsThereAndWatchersMissNothing() throws Exception {
    for (round = 0; round <= KILLS; round++) {
      try (var threads = Executors.newVirtualThreadPerTaskExecutor();
          var child = Child.start(folder.resolve("data"));
          var api = Api.of(folder.resolve("data/admin.conf"), child::killed)) {
        if (round == 0) meet(api);
        var present = followers.subList(0, round % RARELY == 0 ? 2 : 1);
        var watches = new ArrayList<Future<Void>>();
        present.forEach(each -> watches.add(threads.submit(() -> each.follow(api))));
        compare(api, present);
        if (round < KILLS) acknowledged.addAll(writeAndDie(child, api, threads));
        child.kill();
        for (var watch : watches) watch.get();
      } catch (AssertionError | Exception e) {
        throw new AssertionError("seed %d, round %d: %s".formatted(SEED, round, e), e);
      }
    }
    assertThat(acknowledged).as("writes").hasSizeGreaterThan(KILLS * WRITERS);
  }

  private void meet(Api api) throws Exception {
    var list = api.list();
    followers.add(new Follower(list));
    followers.add(new Follower(list));
  }

  /// Every follower that is there has seen all that was acknowledged, and what exists is what it
  /// has seen come and not go.
  private void compare(Api api, List<Follower> present) throws Exception {
    var fence = Event.of("ADDED", api.create("fence-" + round, ""));
    assertThat(fence.revision()).as("revisions go on").isGreaterThan(highest);
    var existing = existing(api);
    for (var follower : present) {
      follower.await(fence.revision());
      highest = Math.max(highest, follower.revision());
      acknowledged.forEach(write -> check(follower, write));
      existing.forEach((name, revision) ->
          assertThat(follower.objects().get(name))
              .as(name)
              .extracting(Event::revision)
              .isEqualTo(revision));
      assertThat(existing.keySet()).containsAll(follower.objects().keySet());
    }
  }

  private static void check(Follower follower, Event write) {
    if (write.revision() > 0) {
      assertThat(follower.seen().get(write.revision())).as("acknowledged").isEqualTo(write);
    }
  }

  /// Runs the writers until enough of their writes were acknowledged, and kills the server in the
  /// middle of the next ones.
  private List<Event> writeAndDie(Child child, Api api, ExecutorService threads) throws Exception {
    var enough = new CountDownLatch(random.nextInt(WRITERS, 10 * WRITERS));
    var writers = new ArrayList<Future<List<Event>>>();
    for (var i = 0; i < WRITERS; i++) {
      var name = "round-%d-writer-%d".formatted(round, i);
      writers.add(threads.submit(new Writer(api, name, random.split(), enough::countDown)));
    }
    assertThat(enough.await(1, TimeUnit.MINUTES)).as("the writers come forward").isTrue();
    child.kill();
    var events = new ArrayList<Event>();
    for (var writer : writers) events.addAll(writer.get());
    events.forEach(event -> highest = Math.max(highest, event.revision()));
    return events;
  }

  /// The revision of each config map that is there.
  private static Map<String, Long> existing(Api api) throws Exception {
    var found = new TreeMap<String, Long>();
    for (var item : api.list().path("items")) {
      var event = Event.of("ADDED", item);
      found.put(event.name(), event.revision());
    }
    return found;
  }
}
