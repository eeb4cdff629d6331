package io.ordinal.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.node.facts.PodFolders;
import io.ordinal.node.logs.LogFiles;
import io.ordinal.node.logs.LogReader;
import io.ordinal.node.pod.PodWorker;
import io.ordinal.node.runtime.ContainerRuntime;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.ExecRequest;
import io.ordinal.node.runtime.ExecSession;
import io.ordinal.node.runtime.PodConnection;
import io.ordinal.node.runtime.RuntimeFailure;
import io.ordinal.node.runtime.Stdio;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Logs of a node's containers, commands in them, and connections to its pods.
public final class NodeStreams {
  private final PodFolders folders;
  private final ContainerRuntime runtime;
  private final Function<String, Optional<PodWorker>> workers;

  /// What is asked for cannot be had; the message is for the user.
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }

    Refused(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// `workers` finds the worker of a pod by its uid.
  NodeStreams(
      NodeConfig config, ContainerRuntime runtime, Function<String, Optional<PodWorker>> workers) {
    this.folders = new PodFolders(config);
    this.runtime = runtime;
    this.workers = workers;
  }

  /// The log of a container's present run, or of the one before.
  ///
  /// @throws Refused when it has not run
  public LogReader logs(
      String podUid, String container, boolean previous, LogReader.Options options) {
    var worker = worker(podUid);
    var pod = worker.identity();
    var latest = worker.view().latest(container);
    if (latest.isEmpty()) {
      throw new Refused(
          "container \"%s\" in pod \"%s\" is waiting to start: %s"
              .formatted(container, pod.name(), waiting(worker.pod(), container)));
    }
    int attempt = latest.get().attempt() - (previous ? 1 : 0);
    var file = LogFiles.file(folders.logs(pod), container, attempt);
    try {
      return new LogReader(file, options, () -> runs(worker, latest.get().id()));
    } catch (IOException e) {
      throw new Refused(
          previous
              ? "previous terminated container \"%s\" in pod \"%s\" not found"
                  .formatted(container, pod.name())
              : "unable to retrieve container logs for container \"%s\"".formatted(container),
          e);
    }
  }

  private static boolean runs(PodWorker worker, String containerId) {
    return worker.view().containers().stream()
        .anyMatch(c -> c.id().equals(containerId) && !c.ended());
  }

  private static String waiting(Pod pod, String container) {
    return Optional.ofNullable(pod.getStatus()).stream()
        .flatMap(status -> status.getContainerStatuses().stream())
        .filter(status -> status.getName().equals(container))
        .map(status -> status.getState().getWaiting())
        .filter(waiting -> waiting != null)
        .map(waiting -> waiting.getReason())
        .findFirst()
        .orElse("ContainerCreating");
  }

  /// Starts a command in a running container.
  ///
  /// @throws Refused when it does not run
  public ExecSession exec(String podUid, String container, ExecRequest request) {
    var running = running(worker(podUid), container);
    return asked(() -> runtime.exec(running, request));
  }

  /// Joins the streams of a running container's process; whether that has a terminal, its spec
  /// says.
  ///
  /// @throws Refused when it does not run
  public ExecSession attach(String podUid, String container, Stdio stdio) {
    var worker = worker(podUid);
    var running = running(worker, container);
    var tty = hasTerminal(worker.pod(), container);
    var streams = new Stdio(stdio.stdin(), stdio.stdout(), stdio.stderr(), tty);
    return asked(() -> runtime.attach(running, streams));
  }

  /// Connects to a port of a pod.
  ///
  /// @throws Refused when the pod does not run
  public PodConnection connect(String podUid, int port) {
    var sandbox =
        worker(podUid)
            .view()
            .current()
            .orElseThrow(() -> new Refused("the pod does not run (uid " + podUid + ")"));
    return asked(() -> runtime.connect(sandbox.id(), port));
  }

  private static String running(PodWorker worker, String container) {
    return worker
        .view()
        .latest(container)
        .filter(ContainerStatus::running)
        .map(ContainerStatus::id)
        .orElseThrow(() -> new Refused("container not found (\"" + container + "\")"));
  }

  private static boolean hasTerminal(Pod pod, String name) {
    var spec = pod.getSpec();
    var all = Stream.concat(spec.getContainers().stream(), spec.getInitContainers().stream());
    return all.anyMatch(c -> c.getName().equals(name) && Boolean.TRUE.equals(c.getTty()))
        || spec.getEphemeralContainers().stream()
            .anyMatch(c -> c.getName().equals(name) && Boolean.TRUE.equals(c.getTty()));
  }

  private static <T> T asked(Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeFailure e) {
      throw new Refused(e.words(), e);
    }
  }

  private PodWorker worker(String podUid) {
    return workers
        .apply(podUid)
        .orElseThrow(() -> new Refused("this node does not know the pod (uid " + podUid + ")"));
  }
}
