package io.ordinal.server.kinds;

import io.ordinal.server.registry.Ages;
import io.ordinal.server.registry.Metadata;
import io.ordinal.server.tree.Conditions;
import io.ordinal.server.tree.Tree;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What `kubectl get pods` says of a pod: one word for everything that its containers go through
/// (contract J).
final class PodCells {
  private PodCells() {}

  static String ready(ObjectNode pod) {
    var summary = Summary.of(pod);
    return summary.ready + "/" + summary.total;
  }

  static String status(ObjectNode pod) {
    return Summary.of(pod).reason;
  }

  static Object restarts(ObjectNode pod, Instant now) {
    var summary = Summary.of(pod);
    var last = summary.lastRestart;
    if (summary.restarts == 0 || last.isEmpty()) return Long.toString(summary.restarts);
    return summary.restarts + " (" + Ages.human(Duration.between(last.get(), now)) + " ago)";
  }

  static String readinessGates(ObjectNode pod) {
    var gates = Tree.objects(pod, "spec", "readinessGates");
    if (gates.isEmpty()) return "<none>";
    var fulfilled =
        gates.stream()
            .filter(gate -> Conditions.isTrue(pod, Tree.text(gate, "conditionType")))
            .count();
    return fulfilled + "/" + gates.size();
  }

  /// All that is counted in one walk over the containers.
  private static final class Summary {
    private final ObjectNode pod;
    private final Set<String> sidecars = new HashSet<>();
    private String reason;
    private long ready;
    private long total;
    private long restarts;
    private long sidecarRestarts;
    private Optional<Instant> lastRestart = Optional.empty();
    private Optional<Instant> lastSidecarRestart = Optional.empty();

    private Summary(ObjectNode pod) {
      this.pod = pod;
      var stated = Tree.text(pod, "status", "reason");
      this.reason = stated.isEmpty() ? Tree.text(pod, "status", "phase") : stated;
    }

    static Summary of(ObjectNode pod) {
      var summary = new Summary(pod);
      summary.read();
      return summary;
    }

    private void read() {
      total = Tree.objects(pod, "spec", "containers").size();
      for (var container : Tree.objects(pod, "spec", "initContainers")) {
        if (!Tree.text(container, "restartPolicy").equals("Always")) continue;
        sidecars.add(Tree.text(container, "name"));
        total++;
      }
      Conditions.find(pod, "PodScheduled")
          .filter(c -> Tree.text(c, "reason").equals("SchedulingGated"))
          .ifPresent(c -> reason = "SchedulingGated");
      if (!isInitialising() || Conditions.isTrue(pod, "Initialized")) readContainers();
      if (Metadata.isBeingDeleted(pod)) readDeletion();
    }

    private boolean isInitialising() {
      var statuses = Tree.objects(pod, "status", "initContainerStatuses");
      for (var i = 0; i < statuses.size(); i++) {
        var status = statuses.get(i);
        var sidecar = sidecars.contains(Tree.text(status, "name"));
        countRestarts(status, sidecar);
        var terminated = Tree.find(status, "state", "terminated");
        if (terminated != null && Tree.number(0, terminated, "exitCode") == 0) continue;
        if (sidecar && Tree.flag(status, "started")) {
          if (Tree.flag(status, "ready")) ready++;
          continue;
        }
        reason = "Init:" + initReason(status, terminated, i);
        return true;
      }
      return false;
    }

    private void countRestarts(ObjectNode status, boolean sidecar) {
      var count = Tree.number(0, status, "restartCount");
      var finished = finishedBefore(status);
      restarts += count;
      lastRestart = later(lastRestart, finished);
      if (!sidecar) return;
      sidecarRestarts += count;
      lastSidecarRestart = later(lastSidecarRestart, finished);
    }

    private String initReason(ObjectNode status, @Nullable ObjectNode terminated, int index) {
      if (terminated != null) return ending(terminated);
      var waiting = Tree.text(status, "state", "waiting", "reason");
      if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) return waiting;
      return index + "/" + Tree.objects(pod, "spec", "initContainers").size();
    }

    private static String ending(ObjectNode terminated) {
      var stated = Tree.text(terminated, "reason");
      if (!stated.isEmpty()) return stated;
      var signal = Tree.number(0, terminated, "signal");
      if (signal != 0) return "Signal:" + signal;
      return "ExitCode:" + Tree.number(0, terminated, "exitCode");
    }

    private void readContainers() {
      restarts = sidecarRestarts;
      lastRestart = lastSidecarRestart;
      var running = false;
      var failure = "";
      var statuses = Tree.objects(pod, "status", "containerStatuses");
      for (var status : statuses.reversed()) {
        restarts += Tree.number(0, status, "restartCount");
        lastRestart = later(lastRestart, finishedBefore(status));
        var waiting = Tree.text(status, "state", "waiting", "reason");
        var terminated = Tree.find(status, "state", "terminated");
        if (!waiting.isEmpty()) reason = waiting;
        else if (terminated != null) {
          reason = ending(terminated);
          if (Tree.number(0, terminated, "exitCode") != 0) failure = reason;
        } else if (Tree.flag(status, "ready") && Tree.has(status, "state", "running")) {
          running = true;
          ready++;
        }
      }
      if (reason.equals("Completed")) readCompletion(running, failure);
    }

    private void readCompletion(boolean running, String failure) {
      if (running) reason = Conditions.isTrue(pod, "Ready") ? "Running" : "NotReady";
      else if (!failure.isEmpty()) reason = failure;
    }

    private void readDeletion() {
      if (Tree.text(pod, "status", "reason").equals("NodeLost")) reason = "Unknown";
      else if (!List.of("Succeeded", "Failed").contains(Tree.text(pod, "status", "phase"))) {
        reason = "Terminating";
      }
    }

    private static Optional<Instant> finishedBefore(ObjectNode status) {
      return Ages.parse(Tree.text(status, "lastState", "terminated", "finishedAt"));
    }

    private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
      return Stream.of(a, b).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }
  }
}
