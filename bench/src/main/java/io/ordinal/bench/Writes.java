package io.ordinal.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Durable creates of 2 KB ConfigMaps by 1, 8 and 64 writers, each waiting for its answer.
final class Writes implements Benchmark {

  private static final int[] WRITERS = {1, 8, 64};

  private final Api api;
  private final Duration span;
  private final AtomicInteger names = new AtomicInteger();

  Writes(Api api, Duration span) {
    this.api = api;
    this.span = span;
  }

  @Override
  public String what() {
    return "creates of 2 KB ConfigMaps, each writer waits for its answer, %d s per number of writers"
        .formatted(span.toSeconds());
  }

  @Override
  public List<Step> steps() {
    var steps = new ArrayList<Step>();
    steps.add(() -> measure(8, "warm-up").subList(0, 0));
    IntStream.of(WRITERS)
        .forEach(writers -> steps.add(() -> measure(writers, writers + " writers")));
    return steps;
  }

  private List<Figure> measure(int writers, String name) throws Exception {
    var namespace = api.createNamespace();
    try {
      var all = new long[writers][];
      var end = System.nanoTime() + span.toNanos();
      Workers.run(writers, writer -> all[writer] = write(writer, namespace, end));
      var latencies =
          new Latencies(
              IntStream.range(0, writers)
                  .boxed()
                  .flatMapToLong(i -> Arrays.stream(all[i]))
                  .toArray());
      var figures = new ArrayList<Figure>();
      figures.add(new Figure(name, latencies.count() / (span.toMillis() / 1000.0), "/s"));
      figures.addAll(latencies.figures(name));
      return figures;
    } finally {
      api.deleteNamespace(namespace);
    }
  }

  private long[] write(int writer, String namespace, long end) throws Exception {
    var latencies = new ArrayList<Long>();
    do {
      var body = ConfigMaps.json("cm-" + names.incrementAndGet(), "write");
      var before = System.nanoTime();
      api.send(writer, "POST", ConfigMaps.path(namespace), body);
      latencies.add(System.nanoTime() - before);
    } while (System.nanoTime() < end);
    return latencies.stream().mapToLong(Long::longValue).toArray();
  }
}
