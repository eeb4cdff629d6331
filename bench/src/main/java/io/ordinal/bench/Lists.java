package io.ordinal.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Full lists of 1,000, 5,000 and 20,000 objects of 2 KB, read to the last byte.
final class Lists implements Benchmark {

  private static final int[] SIZES = {1_000, 5_000, 20_000};
  private static final int REPETITIONS = 15;

  private final Api api;
  private String namespace = "";
  private final AtomicInteger created = new AtomicInteger();

  Lists(Api api) {
    this.api = api;
  }

  @Override
  public String what() {
    return "full lists of 2 KB ConfigMaps as JSON, no paging, median of " + REPETITIONS;
  }

  @Override
  public List<Step> steps() {
    var steps = new ArrayList<Step>();
    steps.add(() -> {
      namespace = api.createNamespace();
      return List.of();
    });
    for (var size : SIZES) {
      steps.add(() -> {
        fill(size);
        return List.of();
      });
      steps.add(() -> measure(size));
    }
    steps.add(() -> {
      api.deleteNamespace(namespace);
      return List.of();
    });
    return steps;
  }

  private void fill(int size) throws Exception {
    Workers.run(
        16,
        writer -> {
          for (var i = created.incrementAndGet(); i <= size; i = created.incrementAndGet()) {
            api.send(
                writer, "POST", ConfigMaps.path(namespace), ConfigMaps.json("cm-" + i, "list"));
          }
        });
    created.set(size);
  }

  private List<Figure> measure(int size) throws Exception {
    var nanos = new long[REPETITIONS];
    var bytes = 0L;
    for (var i = 0; i < REPETITIONS; i++) {
      var before = System.nanoTime();
      bytes = api.send("GET", ConfigMaps.path(namespace), "").length;
      nanos[i] = System.nanoTime() - before;
    }
    return List.of(
        new Figure("list of " + size, new Latencies(nanos).milliseconds(0.5), "ms"),
        new Figure("list of " + size + ", size", bytes / 1e6, "MB"));
  }
}
