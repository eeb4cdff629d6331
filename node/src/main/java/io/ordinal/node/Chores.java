package io.ordinal.node;

import io.ordinal.node.facts.PodFolders;
import io.ordinal.node.logs.LogFiles;
import io.ordinal.node.logs.LogRotation;
import io.ordinal.node.pod.PodWorker;
import io.ordinal.node.pull.ImageCollector;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.Labels;
import io.ordinal.node.runtime.RuntimeFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a node with real containers does from time to time: finds changes that no event told of,
/// rotates logs, collects images.
final class Chores {
  private static final Logger log = LoggerFactory.getLogger(Chores.class);
  private static final Duration RELIST = Duration.ofSeconds(10);
  private static final Duration ROTATE = Duration.ofSeconds(10);
  private static final Duration COLLECT = Duration.ofMinutes(5);

  private final NodeConfig config;
  private final NodeParts parts;
  private final Supplier<Collection<PodWorker>> workers;
  private final LogRotation rotation;
  private final ImageCollector collector;
  private Map<String, String> seen = Map.of();

  Chores(NodeConfig config, NodeParts parts, Supplier<Collection<PodWorker>> workers) {
    this.config = config;
    this.parts = parts;
    this.workers = workers;
    this.rotation = new LogRotation(parts.runtime(), parts.wall());
    this.collector = new ImageCollector(parts.runtime(), parts.images(), parts.steady());
  }

  List<Pace.Task> all() {
    return List.of(
        () -> after(this::relist, RELIST),
        () -> after(this::rotate, ROTATE),
        () -> after(() -> collector.look(ImageCollector.Disk.REAL), COLLECT));
  }

  private interface Work {
    void run() throws IOException;
  }

  private Optional<Instant> after(Work work, Duration pause) {
    try {
      work.run();
    } catch (RuntimeFailure | IOException e) {
      log.debug("node {}: {}", config.name(), e.getMessage());
    }
    return Optional.of(parts.steady().instant().plus(pause));
  }

  /// Compares what runs with what ran at the last look and tells the workers whose pods differ.
  private void relist() {
    var mine = Map.of(Labels.NODE, config.name());
    var now = new HashMap<String, String>();
    var owners = new HashMap<String, String>();
    for (var container : parts.runtime().containers(mine)) {
      now.put(container.id(), container.state().name());
      owners.put(container.id(), container.labels().getOrDefault(Labels.POD_UID, ""));
    }
    for (var sandbox : parts.runtime().sandboxes(mine)) {
      now.put(sandbox.id(), sandbox.ready() ? "ready" : "not ready");
      owners.put(sandbox.id(), sandbox.pod().uid());
    }
    for (var worker : workers.get()) {
      var uid = worker.identity().uid();
      boolean changed =
          owners.entrySet().stream()
              .filter(owner -> owner.getValue().equals(uid))
              .anyMatch(
                  owner -> !now.getOrDefault(owner.getKey(), "").equals(seen.get(owner.getKey())));
      if (changed || lost(worker, now)) worker.hint();
    }
    seen = now;
  }

  private static boolean lost(PodWorker worker, Map<String, String> now) {
    return worker.view().running().stream().anyMatch(c -> !now.containsKey(c.id()));
  }

  private void rotate() throws IOException {
    var folders = new PodFolders(config);
    for (var worker : workers.get()) {
      for (ContainerStatus container : worker.view().running()) {
        var file =
            LogFiles.file(folders.logs(worker.identity()), container.name(), container.attempt());
        rotation.look(file, container.id());
      }
    }
  }
}
