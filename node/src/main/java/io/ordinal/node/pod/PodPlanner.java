package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.ordinal.node.pod.PodPlan.Draft;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.SandboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Decides what is to be done for a pod: contract M1 (lifecycle), M2 (sandbox rules), M10
/// (restarts).
///
/// Plans are made anew from what is observed, so a plan that was lost or done half is no harm.
/// Containers are started one at a time, in their order; what waits for its back-off does not hold
/// up the others.
public final class PodPlanner {
  private static final Duration NETWORK_PAUSE = Duration.ofMillis(200);
  private static final Failure DEADLINE =
      new Failure(
          "DeadlineExceeded", "Pod was active on the node longer than the specified deadline");

  private final Observed o;
  private final Draft draft = new Draft();

  private PodPlanner(Observed observed) {
    this.o = observed;
  }

  /// The plan for one pod as it is now.
  public static PodPlan plan(Observed observed) {
    return observed
        .ending()
        .map(ending -> EndingPlanner.plan(observed, ending))
        .orElseGet(() -> new PodPlanner(observed).plan());
  }

  private PodPlan plan() {
    o.deadline().ifPresent(this::heedDeadline);
    if (draft.isEmpty() && !o.inFlight().contains("fail")) {
      goOn();
    }
    return draft.done();
  }

  private void goOn() {
    var sandbox = o.runtime().current();
    if (sandbox.isPresent() && usable(sandbox.get())) {
      containers(sandbox.get().id());
      forgetOldOnes();
    } else {
      newSandbox();
    }
  }

  private void heedDeadline(Instant deadline) {
    if (deadline.isAfter(o.now())) {
      draft.lookAgainAt(deadline);
    } else {
      perform(new Action.Fail(DEADLINE));
    }
  }

  private boolean usable(SandboxStatus sandbox) {
    var readyOnes = o.runtime().sandboxes().stream().filter(s -> s.ready()).count();
    var host = Boolean.TRUE.equals(o.pod().getSpec().getHostNetwork());
    return readyOnes == 1
        && sandbox.hostNetwork() == host
        && (host || !sandbox.ips().isEmpty())
        && o.memory().prepared();
  }

  /// What is left of earlier sandboxes ends first; then the pod is prepared, then its sandbox is
  /// made.
  private void newSandbox() {
    if (o.inFlight().contains("sandbox") || o.inFlight().contains("prepare")) {
      return;
    }
    if (!o.memory().prepared()) {
      if (troubleIsOver()) draft.add(new Action.Prepare());
      return;
    }
    o.runtime().running().forEach(this::endWithSandbox);
    if (!o.runtime().running().isEmpty() || o.inFlightWith("start:") || !draft.isEmpty()) {
      return;
    }
    o.runtime().sandboxes().stream()
        .filter(s -> s.ready())
        .forEach(sandbox -> perform(new Action.StopSandbox(sandbox.id())));
    if (!o.inFlightWith("stop-sandbox:") && draft.isEmpty()) {
      runSandbox();
    }
  }

  private void endWithSandbox(ContainerStatus container) {
    perform(
        new Action.StopContainer(
            container.id(),
            container.name(),
            "Stopping container " + container.name(),
            Grace.of(o.pod())));
  }

  private void runSandbox() {
    if (!o.networkNotReady().isEmpty()
        && !Boolean.TRUE.equals(o.pod().getSpec().getHostNetwork())) {
      draft.lookAgainAt(o.now().plus(NETWORK_PAUSE));
      return;
    }
    if (troubleIsOver()) {
      var attempt = o.runtime().sandboxes().stream().findFirst().map(s -> s.attempt() + 1);
      draft.add(new Action.RunSandbox(attempt.orElse(0)));
    }
  }

  private boolean troubleIsOver() {
    return mayTryAgain(o.memory().trouble());
  }

  private boolean mayTryAgain(Optional<Trouble> trouble) {
    if (trouble.isPresent() && trouble.get().retryAt().isAfter(o.now())) {
      draft.lookAgainAt(trouble.get().retryAt());
      trouble.get().nextReasonAt().filter(at -> at.isAfter(o.now())).ifPresent(draft::lookAgainAt);
      return false;
    }
    return true;
  }

  private void containers(String sandboxId) {
    for (var container : o.runtime().running()) {
      if (!container.sandboxId().equals(sandboxId)) endWithSandbox(container);
    }
    boolean initialized = initialized(sandboxId);
    for (var container : initialized ? o.containers() : List.<Container>of()) {
      regular(container, sandboxId);
    }
  }

  /// Looks at the init containers in order and says whether regular containers may run.
  private boolean initialized(String sandboxId) {
    var past = o.containers().stream().anyMatch(c -> o.runtime().here(c.getName()).isPresent());
    for (var init : o.initContainers()) {
      boolean through =
          Restarts.isSidecar(init) ? sidecar(init, sandboxId) : past || once(init, sandboxId);
      if (!through && !past) {
        return false;
      }
    }
    return true;
  }

  private boolean once(Container init, String sandboxId) {
    var latest = o.runtime().here(init.getName());
    if (latest
        .filter(c -> c.state() == ContainerStatus.State.EXITED && c.exitCode() == 0)
        .isPresent()) {
      return true;
    }
    if (latest.isPresent() && !latest.get().ended()) {
      tend(init, latest.get());
    } else if (latest.isEmpty() || Restarts.init(o.pod(), init, latest.get().exitCode())) {
      start(init, sandboxId);
    }
    return false;
  }

  private boolean sidecar(Container init, String sandboxId) {
    var latest = o.runtime().here(init.getName());
    if (latest.isEmpty() || latest.get().ended()) {
      start(init, sandboxId);
      return false;
    }
    tend(init, latest.get());
    return o.started(latest.get());
  }

  private void regular(Container container, String sandboxId) {
    var latest = o.runtime().latest(container.getName());
    if (latest.isEmpty()
        || (latest.get().ended()
            && Restarts.regular(o.pod(), container, latest.get().exitCode()))) {
      start(container, sandboxId);
    } else if (!latest.get().ended()) {
      tend(container, latest.get());
    }
  }

  /// A container that runs: it is ended when its probes or its definition say so.
  private void tend(Container container, ContainerStatus running) {
    if (!running.running()) {
      return;
    }
    var hash = running.annotations().get(Annotations.HASH);
    if (hash != null && !hash.equals(Annotations.hash(container))) {
      stop(
          running,
          "Container " + container.getName() + " definition changed, will be restarted",
          Grace.of(o.pod()));
    } else if (!o.alive(running)) {
      boolean started = o.started(running);
      var probe = started ? container.getLivenessProbe() : container.getStartupProbe();
      stop(
          running,
          "Container %s failed %s probe, will be restarted"
              .formatted(container.getName(), started ? "liveness" : "startup"),
          Grace.ofFailed(probe, o.pod()));
    }
  }

  private void stop(ContainerStatus running, String message, Duration grace) {
    perform(new Action.StopContainer(running.id(), running.name(), message, grace));
  }

  private void start(Container container, String sandboxId) {
    var name = container.getName();
    var memory = o.memory().of(name);
    if (o.inFlightWith("start:")
        || draft.actions().stream().anyMatch(a -> a instanceof Action.StartContainer)) {
      return;
    }
    if (!mayTryAgain(memory.trouble())) {
      return;
    }
    var latest = o.runtime().latest(name);
    var mayStart = latest.map(c -> memory.backoff().mayRestartAt(o.runtime().endedAt(c)));
    if (mayStart.isPresent() && mayStart.get().isAfter(o.now())) {
      draft.lookAgainAt(mayStart.get());
      return;
    }
    draft.add(
        new Action.StartContainer(name, latest.map(c -> c.attempt() + 1).orElse(0), sandboxId));
  }

  /// A stop that returned while the container still runs is not repeated before its grace is over.
  private void perform(Action action) {
    if (action instanceof Action.StopContainer stop) {
      var deadline = o.memory().stopDeadlines().get(stop.id());
      if (deadline != null && deadline.isAfter(o.now())) {
        draft.lookAgainAt(deadline);
        return;
      }
    }
    if (!o.inFlight().contains(action.key())) draft.add(action);
  }

  /// Of each container the newest dead one is kept for its last state; sandboxes before the current
  /// one go.
  private void forgetOldOnes() {
    var names = o.runtime().containers().stream().map(ContainerStatus::name).distinct().toList();
    for (var name : names) {
      o.runtime().containers().stream()
          .filter(c -> c.name().equals(name))
          .skip(2)
          .filter(ContainerStatus::ended)
          .forEach(c -> perform(new Action.RemoveContainer(c.id())));
    }
    o.runtime().sandboxes().stream()
        .skip(1)
        .filter(s -> !s.ready() && isEmpty(s.id()))
        .forEach(s -> perform(new Action.RemoveSandbox(s.id())));
  }

  private boolean isEmpty(String sandboxId) {
    return o.runtime().containers().stream().noneMatch(c -> c.sandboxId().equals(sandboxId));
  }
}
