package io.ordinal.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Many watchers of one namespace, and a writer at a steady pace: how long from the writer's answer
/// until a watcher has read the event.
final class Watches implements Benchmark {

  private static final int EVENTS = 200;
  private static final byte[] MARK = "\"mark\":\"event-".getBytes(StandardCharsets.US_ASCII);

  private final Api api;
  private final int watchers;
  private final int[] rates;

  /// @param rate events per second; 0 for 20 and then 50
  Watches(Api api, int watchers, int rate) {
    this.api = api;
    this.watchers = watchers;
    this.rates = rate == 0 ? new int[] {20, 50} : new int[] {rate};
  }

  @Override
  public String what() {
    return "%d watchers × %d events of 2 KB, %d streams per connection; from the write's answer until seen"
        .formatted(watchers, EVENTS, Api.STREAMS);
  }

  @Override
  public List<Step> steps() {
    var steps = new ArrayList<Step>();
    for (var rate : rates) {
      steps.add(() -> measure(rate));
    }
    return steps;
  }

  private List<Figure> measure(int rate) throws Exception {
    var namespace = api.createNamespace();
    try {
      var run = new Run(namespace);
      var delays = run.measure(rate);
      var figures = new ArrayList<>(delays.figures("at " + rate + "/s"));
      figures.add(
          new Figure(
              "at " + rate + "/s, seen",
              100.0 * delays.count() / (EVENTS * (double) watchers),
              "%"));
      return figures;
    } finally {
      api.deleteNamespace(namespace);
    }
  }

  /// One namespace with its watchers.
  private final class Run {

    private final String namespace;
    private final long[] acknowledged = new long[EVENTS];
    private final long[][] seen = new long[watchers][EVENTS];
    private final CountDownLatch watching = new CountDownLatch(watchers);
    private final CountDownLatch done = new CountDownLatch(watchers);

    Run(String namespace) {
      this.namespace = namespace;
    }

    Latencies measure(int rate) throws Exception {
      api.send("POST", ConfigMaps.path(namespace), ConfigMaps.json("watched", "start"));
      var following = new ArrayList<Api.Following>();
      try {
        for (var i = 0; i < watchers; i++) {
          following.add(api.follow(i, ConfigMaps.path(namespace) + "?watch=true", new Watcher(i)));
        }
        if (!watching.await(60, TimeUnit.SECONDS)) {
          throw new IOException(watching.getCount() + " watches have not begun");
        }
        write(rate);
        done.await(5, TimeUnit.MINUTES);
        return delays();
      } finally {
        following.forEach(Api.Following::close);
      }
    }

    private void write(int rate) throws Exception {
      var start = System.nanoTime();
      for (var i = 0; i < EVENTS; i++) {
        LockSupport.parkNanos(start + i * 1_000_000_000L / rate - System.nanoTime());
        var path = ConfigMaps.path(namespace) + "/watched";
        api.send(watchers + Api.STREAMS, "PUT", path, ConfigMaps.json("watched", "event-" + i));
        acknowledged[i] = System.nanoTime();
      }
    }

    /// One watcher. The mark stands in each event about where it stood in the last.
    private final class Watcher implements Lines.Reader {

      private static final int ABOUT = 32;

      private final int watcher;
      private int offset;

      Watcher(int watcher) {
        this.watcher = watcher;
      }

      @Override
      public void line(byte[] bytes, int from, int to) {
        var now = System.nanoTime();
        var at = Lines.find(MARK, bytes, from + offset, to);
        if (at < 0 && offset > 0) {
          at = Lines.find(MARK, bytes, from, to);
        }
        if (at < 0) {
          watching.countDown(); // the object as it was when the watch began
          return;
        }
        offset = Math.max(0, at - from - ABOUT);
        var event = 0;
        for (var i = at + MARK.length; bytes[i] != '"'; i++) {
          event = 10 * event + bytes[i] - '0';
        }
        seen[watcher][event] = now;
        if (event == EVENTS - 1) {
          done.countDown();
        }
      }
    }

    /// An event that was seen before its writer had the answer counts as seen at once.
    private Latencies delays() {
      var delays = new ArrayList<Long>();
      for (var times : seen) {
        for (var event = 0; event < EVENTS; event++) {
          if (times[event] != 0) {
            delays.add(Math.max(0, times[event] - acknowledged[event]));
          }
        }
      }
      return new Latencies(delays.stream().mapToLong(Long::longValue).toArray());
    }
  }
}
