package io.ordinal.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// An Ordinal of our own, started as a user would, with a data folder that is removed at the end.
final class LocalOrdinal implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(2);

  /// Asking costs the one that is asked, which has enough to do while it starts.
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Settings.Local local;
  private final Path data;
  private final Process process;
  private final long begun;

  private LocalOrdinal(Settings.Local local, Path data, Process process, long begun) {
    this.local = local;
    this.data = data;
    this.process = process;
    this.begun = begun;
  }

  static LocalOrdinal start(Settings.Local local) throws IOException {
    var data = Files.createTempDirectory("ordinal-bench");
    var command = new ArrayList<String>();
    command.addAll(
        List.of(local.home().resolve("ordinal").toString(), "up", "--data", data.toString()));
    command.addAll(List.of("--api-port", freePort(), "--console-port", freePort()));
    command.addAll(local.arguments());
    var begun = System.nanoTime();
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("up.out").toFile())
            .start();
    return new LocalOrdinal(local, data, process, begun);
  }

  /// Waits for the API, and answers a client of it.
  Api api(RandomGenerator random) throws Exception {
    await(() -> Files.exists(data.resolve("admin.conf")), "admin.conf is there");
    var api = new Api(Endpoint.read(data.resolve("admin.conf")), random);
    await(() -> api.answers("/api/v1/namespaces/default"), "the API answers");
    return api;
  }

  void awaitNodes(Api api) throws Exception {
    await(() -> api.answers("/api/v1/nodes") && allNodesReady(api), "all nodes are Ready");
  }

  /// Time since the process was started.
  double milliseconds() {
    return (System.nanoTime() - begun) / 1e6;
  }

  /// The resident memory of all processes that name the data folder: Ordinal and its containerd.
  double residentMegabytes() {
    return Processes.naming(data.toString())
        .mapToDouble(found -> Processes.residentMegabytes(found.pid()))
        .sum();
  }

  private static boolean allNodesReady(Api api) throws IOException, InterruptedException {
    var nodes = api.get("/api/v1/nodes").path("items");
    for (var node : nodes) {
      var ready = false;
      for (var condition : node.path("status").path("conditions")) {
        ready |=
            condition.path("type").asString("").equals("Ready")
                && condition.path("status").asString("").equals("True");
      }
      if (!ready) {
        return false;
      }
    }
    return !nodes.isEmpty();
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private void await(Condition condition, String what) throws Exception {
    var end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.holds()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException(
            "gave up waiting until "
                + what
                + "; Ordinal said: "
                + Files.readString(data.resolve("up.out")));
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  @Override
  public void close() throws IOException {
    try {
      var down = local.home().resolve("ordinal").toString();
      new ProcessBuilder(down, "down", "--data", data.toString())
          .redirectErrorStream(true)
          .redirectOutput(data.resolve("down.out").toFile())
          .start()
          .waitFor(60, TimeUnit.SECONDS);
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroy();
        process.waitFor(20, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (var files = Files.walk(data)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static String freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return String.valueOf(socket.getLocalPort());
    }
  }
}
