package io.ordinal.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// Many pods at once, until all are Ready; then the CPU of the idle processes. The nodes are those
/// that the cluster has: 50 simulated ones with `ordinal up --nodes 50 --runtime simulated`.
final class Scale implements Benchmark {

  private static final int WRITERS = 32;
  private static final Duration SETTLE = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final byte[] PHASE = "\"phase\":\"Running\"".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern NAME = Pattern.compile("\"name\":\"(pod-\\d+)\"");
  private static final Pattern READY = Pattern.compile("\\{[^{}]*\"type\":\"Ready\"[^{}]*\\}");

  private final Api api;
  private final int pods;
  private final List<Long> processes;

  Scale(Api api, int pods, List<Long> processes) {
    this.api = api;
    this.pods = pods;
    this.processes = processes;
  }

  @Override
  public String what() {
    return pods
        + " pods created by "
        + WRITERS
        + " writers, until a watch has seen all of them Ready";
  }

  @Override
  public List<Step> steps() {
    return List.of(this::measure);
  }

  private List<Figure> measure() throws Exception {
    var figures = new ArrayList<Figure>();
    figures.addAll(run(() -> figures.add(new Figure("idle CPU", idle(), "% of a core"))));
    return figures.stream().filter(figure -> !Double.isNaN(figure.value())).toList();
  }

  /// Creates the pods, and does something while all of them are Ready.
  List<Figure> run(Runnable whileReady) throws Exception {
    var namespace = api.createNamespace();
    var path = "/api/v1/namespaces/" + namespace + "/pods";
    try {
      while (!api.answers("/api/v1/namespaces/" + namespace + "/serviceaccounts/default")) {
        LockSupport.parkNanos(5_000_000);
      }
      var ready = new CountDownLatch(1);
      var watch = api.follow(WRITERS + Api.STREAMS, path + "?watch=true", new ReadyWatch(ready));
      try (watch) {
        var start = System.nanoTime();
        create(path);
        var created = System.nanoTime();
        if (!ready.await(15, TimeUnit.MINUTES)) {
          throw new IOException("not all pods were Ready within 15 minutes");
        }
        var end = System.nanoTime();
        whileReady.run();
        return List.of(
            new Figure("creates", pods / ((created - start) / 1e9), "/s"),
            new Figure("to Ready", pods / ((end - start) / 1e9), "/s"));
      }
    } finally {
      api.deleteNamespace(namespace);
    }
  }

  private void create(String path) throws Exception {
    var next = new AtomicInteger();
    Workers.run(
        WRITERS,
        writer -> {
          for (var i = next.getAndIncrement(); i < pods; i = next.getAndIncrement()) {
            api.send(writer, "POST", path, pod("pod-" + i));
          }
        });
  }

  /// Sees each pod become Ready. An event is read as text only when it may say so.
  private final class ReadyWatch implements Lines.Reader {

    private final Set<String> ready = new HashSet<>();
    private final CountDownLatch allReady;

    ReadyWatch(CountDownLatch allReady) {
      this.allReady = allReady;
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
      if (Lines.find(PHASE, bytes, from, to) < 0) {
        return;
      }
      var line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      var name = NAME.matcher(line);
      var condition = READY.matcher(line);
      if (name.find() && condition.find() && condition.group().contains("\"status\":\"True\"")) {
        ready.add(name.group(1));
      }
      if (ready.size() == pods) {
        allReady.countDown();
      }
    }
  }

  private double idle() {
    if (processes.isEmpty()) {
      return Double.NaN;
    }
    LockSupport.parkNanos(SETTLE.toNanos());
    var before = cpuNanos();
    LockSupport.parkNanos(IDLE.toNanos());
    return 100.0 * (cpuNanos() - before) / IDLE.toNanos();
  }

  private long cpuNanos() {
    return processes.stream().mapToLong(pid -> Processes.cpu(pid).toNanos()).sum();
  }

  private static String pod(String name) {
    return """
    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{"app":"bench"}},\
    "spec":{"terminationGracePeriodSeconds":0,\
    "containers":[{"name":"main","image":"bench:latest","imagePullPolicy":"IfNotPresent"}]}}\
    """
        .formatted(name);
  }
}
