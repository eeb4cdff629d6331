package io.ordinal.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// The resident memory of an Ordinal of our own (its JVM and its containerd): idle, with pods,
/// after many writes.
final class Memory implements Benchmark {

  private static final Duration SETTLE = Duration.ofSeconds(10);
  private static final int PODS = 100;
  private static final int WRITERS = 8;

  private final Settings.Local local;
  private final int writes;
  private final RandomGenerator random;

  Memory(Settings.Local local, int writes, RandomGenerator random) {
    this.local = local;
    this.writes = writes;
    this.random = random;
  }

  @Override
  public String what() {
    return "./ordinal up %s: resident memory of its JVM and containerd, %d s after each change"
        .formatted(String.join(" ", local.arguments()), SETTLE.toSeconds());
  }

  @Override
  public List<Step> steps() {
    return List.of(this::measure);
  }

  private List<Figure> measure() throws Exception {
    var figures = new ArrayList<Figure>();
    try (var ordinal = LocalOrdinal.start(local);
        var api = ordinal.api(random)) {
      ordinal.awaitNodes(api);
      figures.add(resident("idle", ordinal));
      new Scale(api, PODS, List.of()).run(() -> figures.add(resident(PODS + " pods", ordinal)));
      var namespace = api.createNamespace();
      var next = new AtomicInteger();
      Workers.run(WRITERS, writer -> write(api, writer, namespace, next));
      figures.add(resident("after " + writes + " creates of 2 KB", ordinal));
      api.deleteNamespace(namespace);
      figures.add(resident("… deleted", ordinal));
    }
    return figures;
  }

  private void write(Api api, int writer, String namespace, AtomicInteger next) throws Exception {
    for (var i = next.getAndIncrement(); i < writes; i = next.getAndIncrement()) {
      api.send(writer, "POST", ConfigMaps.path(namespace), ConfigMaps.json("cm-" + i, "memory"));
    }
  }

  private static Figure resident(String name, LocalOrdinal ordinal) {
    LockSupport.parkNanos(SETTLE.toNanos());
    return new Figure(name, ordinal.residentMegabytes(), "MB");
  }
}
