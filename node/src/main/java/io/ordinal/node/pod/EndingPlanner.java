package io.ordinal.node.pod;

import io.ordinal.kube.Pods;
import io.ordinal.node.pod.Observed.Ending;
import io.ordinal.node.pod.PodPlan.Draft;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.SandboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Decides how a pod ends: regular containers first and all at once, sidecars last and in reverse
/// order, then the sandbox, then everything that was prepared; only then may the API server forget
/// it (contract M1, M10).
final class EndingPlanner {
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final Observed o;
  private final Ending ending;
  private final Draft draft = new Draft();

  private EndingPlanner(Observed observed, Ending ending) {
    this.o = observed;
    this.ending = ending;
  }

  static PodPlan plan(Observed observed, Ending ending) {
    return new EndingPlanner(observed, ending).plan();
  }

  private PodPlan plan() {
    if (starting()) {
      o.inFlight().stream()
          .filter(key -> key.startsWith("start:") || key.equals("sandbox") || key.equals("prepare"))
          .map(key -> new Action.CancelStart(key))
          .forEach(this::perform);
    }
    var running = o.runtime().running();
    if (!running.isEmpty()) {
      stop(running);
    } else if (!starting()) {
      afterContainers();
    }
    return draft.done();
  }

  private boolean starting() {
    return o.inFlightWith("start:")
        || o.inFlight().contains("sandbox")
        || o.inFlight().contains("prepare");
  }

  private void stop(List<ContainerStatus> running) {
    var sidecars =
        o.initContainers().stream().filter(Restarts::isSidecar).map(c -> c.getName()).toList();
    var first = running.stream().filter(c -> !sidecars.contains(c.name())).toList();
    if (!first.isEmpty()) {
      first.forEach(this::stop);
      return;
    }
    sidecars.reversed().stream()
        .flatMap(name -> running.stream().filter(c -> c.name().equals(name)))
        .findFirst()
        .ifPresent(this::stop);
  }

  private void stop(ContainerStatus container) {
    var grace = grace();
    var already = o.memory().stopDeadlines().get(container.id());
    if (already == null || o.now().plus(grace).plus(LEAST).isBefore(already)) {
      draft.add(
          new Action.StopContainer(
              container.id(), container.name(), "Stopping container " + container.name(), grace));
    } else if (!o.inFlight().contains("stop:" + container.id())) {
      stopAgain(container, already, grace);
    }
  }

  /// The stop returned but the container still runs: a broken runtime is asked again, in its own
  /// time.
  private void stopAgain(ContainerStatus container, Instant deadline, Duration grace) {
    if (deadline.plus(LEAST).isAfter(o.now())) {
      draft.lookAgainAt(deadline.plus(LEAST));
    } else {
      draft.add(
          new Action.StopContainer(
              container.id(), container.name(), "Stopping container " + container.name(), grace));
    }
  }

  private Duration grace() {
    return switch (ending) {
      case Ending.Deleted(Duration grace) -> grace;
      case Ending.Gone _ -> LEAST;
      case Ending.Failed _, Ending.Finished _, Ending.Suspended _ -> Grace.of(o.pod());
    };
  }

  private void afterContainers() {
    var alive = o.runtime().sandboxes().stream().filter(SandboxStatus::ready).toList();
    if (!alive.isEmpty()) {
      alive.forEach(sandbox -> perform(new Action.StopSandbox(sandbox.id())));
    } else if (ending instanceof Ending.Suspended) {
      return; // the next agent of this node goes on from here
    } else if (!o.memory().cleanedUp()) {
      if (mayTryAgain() && !refreshing()) perform(new Action.CleanUp());
    } else {
      afterCleaning();
    }
  }

  /// A refresh that is under way would make again what is being removed; when it is over there is a
  /// new plan.
  private boolean refreshing() {
    return o.inFlight().contains(PodWorker.REFRESH);
  }

  private boolean mayTryAgain() {
    var trouble = o.memory().trouble().filter(t -> t.reason().equals("CleanUp"));
    trouble.ifPresent(t -> draft.lookAgainAt(t.retryAt()));
    return trouble.filter(t -> t.retryAt().isAfter(o.now())).isEmpty();
  }

  private void afterCleaning() {
    switch (ending) {
      case Ending.Gone _ -> {
        o.runtime().sandboxes().forEach(s -> perform(new Action.RemoveSandbox(s.id())));
        if (o.runtime().sandboxes().isEmpty() && o.runtime().containers().isEmpty()) {
          perform(new Action.Retire());
        }
      }
      case Ending.Deleted _ -> {
        if (Pods.isTerminal(o.pod())) perform(new Action.DeletePod());
      }
      case Ending.Failed _, Ending.Finished _, Ending.Suspended _ -> {
        // it stays as it is until somebody deletes it
      }
    }
  }

  private void perform(Action action) {
    if (!o.inFlight().contains(action.key())) draft.add(action);
  }
}
