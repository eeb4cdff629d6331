package io.ordinal.node.simulated;

import io.ordinal.node.runtime.ContainerConfig;
import io.ordinal.node.runtime.ContainerRuntime;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.ContainerStatus.State;
import io.ordinal.node.runtime.ExecRequest;
import io.ordinal.node.runtime.ExecSession;
import io.ordinal.node.runtime.Image;
import io.ordinal.node.runtime.Labels;
import io.ordinal.node.runtime.Namespaces;
import io.ordinal.node.runtime.PodConnection;
import io.ordinal.node.runtime.PodIdentity;
import io.ordinal.node.runtime.RegistryCredentials;
import io.ordinal.node.runtime.Resources;
import io.ordinal.node.runtime.RuntimeFailure;
import io.ordinal.node.runtime.RuntimeFailure.Kind;
import io.ordinal.node.runtime.SandboxConfig;
import io.ordinal.node.runtime.SandboxStatus;
import io.ordinal.node.runtime.Stdio;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A container runtime without containers: it keeps the same books as a real one and runs nothing.
///
/// It has no thread of its own: what is due happens in [#step], which a simulation calls when it
/// has moved the clock and [SimulatedClockwork] calls in production. An image whose tag starts with
/// `missing` does not exist, with `denied` needs credentials, with `unreachable` has no registry.
public final class SimulatedRuntime implements ContainerRuntime {
  private static final Comparator<Due> ORDER =
      Comparator.comparing(Due::at).thenComparingLong(Due::number);

  private final InstantSource wall;
  private final InstantSource steady;
  private final Addresses addresses;
  private final Map<String, SimulatedSandbox> sandboxes = new LinkedHashMap<>();
  private final Map<String, SimulatedContainer> containers = new LinkedHashMap<>();
  private final Set<String> images = new LinkedHashSet<>();
  private final PriorityQueue<Due> agenda = new PriorityQueue<>(ORDER);
  private final CopyOnWriteArrayList<ChangeListener> listeners = new CopyOnWriteArrayList<>();
  private long number;

  private record Due(Instant at, long number, String containerId, Event event) {}

  private sealed interface Event {
    record Run() implements Event {}

    record End(int code, String reason) implements Event {}
  }

  private record SimulatedSandbox(SandboxStatus status, SandboxConfig config) {
    SimulatedSandbox stopped() {
      return new SimulatedSandbox(
          new SandboxStatus(
              status.id(),
              status.pod(),
              status.attempt(),
              false,
              status.createdAt(),
              List.of(),
              status.hostNetwork(),
              status.labels()),
          config);
    }
  }

  /// A runtime whose pods get their addresses from a range such as `10.244.0.0/24`.
  ///
  /// @param wall gives the times that it reports
  /// @param steady says what is due
  public SimulatedRuntime(InstantSource wall, InstantSource steady, String podCidr) {
    this.wall = wall;
    this.steady = steady;
    this.addresses = new Addresses(podCidr);
  }

  @Override
  public Version version() {
    return new Version("simulated", "1.0");
  }

  @Override
  public Health health() {
    return new Health(true, true, "");
  }

  @Override
  public synchronized String runSandbox(SandboxConfig config) {
    fail(config, "", "FailedCreatePodSandBox");
    var host = config.security().namespaces().network() == Namespaces.Scope.NODE;
    var status =
        new SandboxStatus(
            nextId("sandbox"),
            config.pod(),
            config.attempt(),
            true,
            wall.instant(),
            host ? List.of() : List.of(addresses.take()),
            host,
            config.labels());
    sandboxes.put(status.id(), new SimulatedSandbox(status, config));
    return status.id();
  }

  private static void fail(SandboxConfig config, String container, String step) {
    Behaviour.trouble(config.annotations(), container, Set.of(step))
        .ifPresent(trouble -> {
          throw new RuntimeFailure(Kind.OTHER, trouble.message());
        });
  }

  private String nextId(String kind) {
    number++;
    return kind + "-" + number;
  }

  @Override
  public synchronized void stopSandbox(String sandboxId) {
    var sandbox = sandboxes.get(sandboxId);
    if (sandbox != null && sandbox.status().ready()) {
      sandbox.status().ips().forEach(addresses::giveBack);
      sandboxes.put(sandboxId, sandbox.stopped());
      within(sandboxId).forEach(container -> container.end(wall.instant(), 137, "Error"));
    }
  }

  private List<SimulatedContainer> within(String sandboxId) {
    return containers.values().stream().filter(c -> c.sandboxId().equals(sandboxId)).toList();
  }

  @Override
  public synchronized void removeSandbox(String sandboxId) {
    stopSandbox(sandboxId);
    sandboxes.remove(sandboxId);
    containers.values().removeIf(container -> container.sandboxId().equals(sandboxId));
  }

  @Override
  public synchronized List<SandboxStatus> sandboxes(Map<String, String> labels) {
    return sandboxes.values().stream()
        .map(SimulatedSandbox::status)
        .filter(status -> labelled(status.labels(), labels))
        .toList()
        .reversed();
  }

  /// Asked of every container for every look of every pod: without garbage.
  static boolean labelled(Map<String, String> labels, Map<String, String> wanted) {
    for (var label : wanted.entrySet()) {
      if (!label.getValue().equals(labels.get(label.getKey()))) return false;
    }
    return true;
  }

  @Override
  public synchronized Optional<SandboxStatus> sandbox(String sandboxId) {
    return Optional.ofNullable(sandboxes.get(sandboxId)).map(SimulatedSandbox::status);
  }

  @Override
  public synchronized String createContainer(
      String sandboxId, ContainerConfig config, SandboxConfig sandbox) {
    var found = sandboxes.get(sandboxId);
    if (found == null || !found.status().ready()) {
      throw new RuntimeFailure(Kind.NOT_FOUND, "sandbox " + sandboxId + " is not running");
    }
    fail(sandbox, config.name(), "CreateContainerError");
    var said = Behaviour.of(sandbox.annotations(), config.name());
    boolean init = config.annotations().containsKey(SimulatedHost.INIT);
    var behaviour = init && said.equals(Behaviour.ORDINARY) ? Behaviour.INIT : said;
    var container =
        new SimulatedContainer(nextId(config.name()), sandboxId, config, behaviour, wall.instant());
    containers.put(container.id(), container);
    return container.id();
  }

  @Override
  public synchronized void startContainer(String containerId) {
    var container = existing(containerId);
    var sandbox = sandboxes.get(container.sandboxId());
    if (sandbox != null) failToStart(container, sandbox.config());
    var delay = container.behaviour().startDelay();
    if (delay.isZero()) {
      perform(container, new Event.Run());
    } else {
      plan(delay, containerId, new Event.Run());
    }
  }

  private void failToStart(SimulatedContainer container, SandboxConfig config) {
    try {
      fail(config, container.name(), "RunContainerError");
    } catch (RuntimeFailure e) {
      container.failed(wall.instant(), e.words());
      throw e;
    }
  }

  private SimulatedContainer existing(String containerId) {
    var container = containers.get(containerId);
    if (container == null) {
      throw new RuntimeFailure(Kind.NOT_FOUND, "container " + containerId + " does not exist");
    }
    return container;
  }

  @Override
  public synchronized void stopContainer(String containerId, Duration grace) {
    var container = containers.get(containerId);
    if (container == null || container.state() == State.EXITED) {
      return;
    }
    var wanted = container.behaviour().stopDelay();
    if (wanted.isZero()) {
      perform(container, new Event.End(0, "Completed"));
    } else if (wanted.compareTo(grace) <= 0) {
      plan(wanted, containerId, new Event.End(0, "Completed"));
    } else {
      plan(grace, containerId, new Event.End(137, "Error"));
    }
  }

  @Override
  public synchronized void removeContainer(String containerId) {
    containers.remove(containerId);
  }

  @Override
  public synchronized List<ContainerStatus> containers(Map<String, String> labels) {
    return containers.values().stream()
        .filter(container -> container.labelled(labels))
        .map(SimulatedContainer::status)
        .toList()
        .reversed();
  }

  @Override
  public synchronized Optional<ContainerStatus> container(String containerId) {
    return Optional.ofNullable(containers.get(containerId)).map(SimulatedContainer::status);
  }

  @Override
  public void updateResources(String containerId, Resources resources) {
    container(containerId);
  }

  @Override
  public void reopenLog(String containerId) {
    container(containerId);
  }

  @Override
  public ExecResult execSync(String containerId, List<String> command, Duration timeout) {
    var ready = ready(containerId);
    return new ExecResult(ready ? 0 : 1, "", "");
  }

  @Override
  public ExecSession exec(String containerId, ExecRequest request) {
    throw new RuntimeFailure(
        Kind.UNSUPPORTED, "this container is simulated: no command can run in it");
  }

  @Override
  public ExecSession attach(String containerId, Stdio stdio) {
    throw new RuntimeFailure(Kind.UNSUPPORTED, "this container is simulated: it has no streams");
  }

  @Override
  public PodConnection connect(String sandboxId, int port) {
    throw new RuntimeFailure(Kind.UNSUPPORTED, "this pod is simulated: nothing listens in it");
  }

  @Override
  public synchronized List<Image> images() {
    return images.stream().map(SimulatedRuntime::present).toList();
  }

  private static Image present(String reference) {
    return new Image(
        "simulated/" + reference, List.of(reference), List.of(), 1 << 20, null, "", false);
  }

  @Override
  public synchronized Optional<Image> image(String reference) {
    return images.stream()
        .map(SimulatedRuntime::present)
        .filter(image -> image.tags().contains(reference) || image.id().equals(reference))
        .findFirst();
  }

  @Override
  public synchronized String pullImage(
      String reference, Optional<RegistryCredentials> credentials) {
    var tag = reference.substring(reference.lastIndexOf(':') + 1);
    refusal(tag)
        .ifPresent(why -> {
          throw new RuntimeFailure(
              Kind.NOT_FOUND, "failed to pull and unpack image \"" + reference + "\": " + why);
        });
    images.add(reference);
    return present(reference).id();
  }

  private static Optional<String> refusal(String tag) {
    if (tag.startsWith("missing")) return Optional.of("not found");
    if (tag.startsWith("denied")) {
      return Optional.of(
          "failed to resolve reference: pull access denied, repository does not exist or may"
              + " require authorization: authorization failed: no basic auth credentials");
    }
    return tag.startsWith("unreachable")
        ? Optional.of("failed to do request: dial tcp: lookup registry.invalid: no such host")
        : Optional.empty();
  }

  @Override
  public synchronized void removeImage(String imageId) {
    images.removeIf(reference -> present(reference).id().equals(imageId));
  }

  @Override
  public List<ImageFilesystem> imageFilesystems() {
    return List.of();
  }

  @Override
  public Subscription onChange(ChangeListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public void close() {
    listeners.clear();
  }

  /// Does what is due by the clock. True when something happened.
  public boolean step() {
    var changed = new ArrayList<String>();
    synchronized (this) {
      var now = steady.instant();
      for (var due = agenda.peek(); due != null && !due.at().isAfter(now); due = agenda.peek()) {
        agenda.remove();
        var container = containers.get(due.containerId());
        if (container != null) {
          perform(container, due.event());
          changed.add(container.id());
        }
      }
    }
    changed.forEach(id -> listeners.forEach(listener -> listener.changed(id)));
    return !changed.isEmpty();
  }

  /// Waits until something is due; what is planned meanwhile may be due earlier.
  synchronized void awaitDue() throws InterruptedException {
    while (true) {
      var next = agenda.peek();
      var left = next == null ? null : Duration.between(steady.instant(), next.at());
      if (left != null && !left.isPositive()) {
        return;
      }
      wait(left == null ? 0 : Math.max(1, left.plusNanos(999_999).toMillis()));
    }
  }

  /// When something is due next.
  public synchronized Optional<Instant> next() {
    return Optional.ofNullable(agenda.peek()).map(Due::at);
  }

  private void plan(Duration delay, String containerId, Event event) {
    number++;
    agenda.add(new Due(steady.instant().plus(delay), number, containerId, event));
    notifyAll();
  }

  private void perform(SimulatedContainer container, Event event) {
    switch (event) {
      case Event.Run _ -> {
        container.run(wall.instant(), steady.instant());
        container
            .behaviour()
            .exit()
            .ifPresent(exit -> plan(exit.after(), container.id(), end(exit)));
      }
      case Event.End(int code, String reason) -> container.end(wall.instant(), code, reason);
    }
  }

  private static Event end(Behaviour.Exit exit) {
    var usual = exit.code() == 0 ? "Completed" : "Error";
    return new Event.End(exit.code(), exit.reason().isEmpty() ? usual : exit.reason());
  }

  /// Whether probes of a container succeed now.
  public synchronized boolean ready(String containerId) {
    var container = containers.get(containerId);
    return container != null && container.ready(steady.instant());
  }

  /// Makes the probes of a running container succeed or fail from now on.
  public void makeReady(String podUid, String container, boolean ready) {
    running(podUid, container).ifPresent(found -> found.ready(ready));
  }

  /// Ends a running container as if its process had exited by itself.
  public void crash(String podUid, String container, int exitCode) {
    running(podUid, container).ifPresent(found -> endNow(found, exitCode));
  }

  /// Ends a pod's sandbox as if its pause process had been killed.
  public void killSandbox(String podUid) {
    sandboxes(Map.of(Labels.POD_UID, podUid)).stream()
        .filter(SandboxStatus::ready)
        .forEach(sandbox -> {
          stopSandbox(sandbox.id());
          listeners.forEach(listener -> listener.changed(sandbox.id()));
        });
  }

  /// Loses everything that runs, as a reboot does.
  public void reboot() {
    sandboxes(Map.of()).stream()
        .map(SandboxStatus::pod)
        .map(PodIdentity::uid)
        .forEach(this::killSandbox);
  }

  private void endNow(SimulatedContainer container, int exitCode) {
    synchronized (this) {
      perform(container, end(new Behaviour.Exit(exitCode, Duration.ZERO, "")));
    }
    listeners.forEach(listener -> listener.changed(container.id()));
  }

  private synchronized Optional<SimulatedContainer> running(String podUid, String name) {
    return containers.values().stream()
        .filter(container -> container.name().equals(name) && container.state() == State.RUNNING)
        .filter(c -> c.labelled(Map.of(Labels.POD_UID, podUid)))
        .findFirst();
  }
}
