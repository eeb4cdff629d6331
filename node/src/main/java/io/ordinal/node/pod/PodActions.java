package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.node.facts.PodTrouble;
import io.ordinal.node.pod.PodState.Effect;
import io.ordinal.node.runtime.PodIdentity;
import io.ordinal.node.runtime.RuntimeFailure;
import io.ordinal.node.runtime.SandboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Performs what was planned for one pod. Everything here may take long and runs beside the worker;
/// what it changes in the worker's memory it returns as an effect.
final class PodActions {
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
  private static final Effect NOTHING = state -> {};

  private final PodParts parts;
  private final PodIdentity identity;
  private final ContainerStart starts;

  PodActions(PodParts parts, PodIdentity identity) {
    this.parts = parts;
    this.identity = identity;
    this.starts = new ContainerStart(parts);
  }

  Effect perform(Action action, Pod pod, RuntimeView view, Memory memory) {
    return switch (action) {
      case Action.Prepare _ -> prepare(pod, memory);
      case Action.RunSandbox(int attempt) -> runSandbox(pod, attempt, memory);
      case Action.StartContainer start -> starts.perform(start, pod, view, memory);
      case Action.StopContainer stop -> stopContainer(stop, pod);
      case Action.StopSandbox(String id) -> quietly(() -> parts.runtime().stopSandbox(id));
      case Action.RemoveContainer(String id) -> removeContainer(id, view);
      case Action.RemoveSandbox(String id) -> quietly(() -> parts.runtime().removeSandbox(id));
      case Action.CleanUp _ -> cleanUp(memory);
      case Action.DeletePod _ -> deletePod(pod);
      case Action.Fail(Failure failure) -> fail(pod, failure);
      case Action.Retire _ -> retire();
      case Action.CancelStart _ -> NOTHING;
    };
  }

  private static Effect quietly(Runnable work) {
    work.run();
    return NOTHING;
  }

  private Effect removeContainer(String id, RuntimeView view) {
    parts.runtime().removeContainer(id);
    view.containers().stream()
        .filter(container -> container.id().equals(id))
        .forEach(container -> parts.host().forget(identity, container));
    return NOTHING;
  }

  private Effect prepare(Pod pod, Memory memory) {
    try {
      parts.host().prepare(pod);
      return state -> state.prepared(true);
    } catch (PodTrouble e) {
      parts.events().warning(pod, e.reason(), e.words());
      var trouble = next(e.reason(), e.words(), memory.trouble());
      return state -> state.trouble(trouble);
    } catch (InterruptedException e) {
      return NOTHING;
    }
  }

  /// A pod whose volumes or sandbox fail waits half a second, then twice as long each time.
  private Trouble next(String reason, String words, Optional<Trouble> before) {
    int failures = before.map(Trouble::failures).orElse(0) + 1;
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
    var now = parts.steady().instant();
    var until = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    return new Trouble(reason, words, now, until, failures);
  }

  private Effect runSandbox(Pod pod, int attempt, Memory memory) {
    if (attempt > 0) {
      parts
          .events()
          .normal(pod, "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
    }
    try {
      var id = parts.runtime().runSandbox(parts.host().sandbox(pod, attempt));
      attached(pod, parts.runtime().sandbox(id));
      return PodState::sandboxMade;
    } catch (RuntimeFailure e) {
      if (e.kind() == RuntimeFailure.Kind.INTERRUPTED) {
        return NOTHING;
      }
      parts
          .events()
          .warning(pod, "FailedCreatePodSandBox", "Failed to create pod sandbox: " + e.words());
      var trouble = next("FailedCreatePodSandBox", e.words(), memory.trouble());
      return state -> state.trouble(trouble);
    }
  }

  /// The pod's sandbox runs: its host ports lead to it.
  void attached(Pod pod, Optional<SandboxStatus> sandbox) {
    parts.network().attached(pod, sandbox.map(SandboxStatus::ips).orElse(List.of()));
  }

  private Effect stopContainer(Action.StopContainer stop, Pod pod) {
    parts.events().normal(pod, stop.name(), "Killing", stop.message());
    var deadline = parts.steady().instant().plus(stop.grace());
    var container = find(pod, stop.name());
    try {
      container.ifPresent(c -> new Hooks(parts).beforeStop(pod, c, stop.id(), deadline));
      parts.runtime().stopContainer(stop.id(), remaining(deadline, stop.grace()));
      return NOTHING;
    } catch (RuntimeFailure e) {
      parts.events().warning(pod, "FailedKillPod", "error killing pod: " + e.words());
      var later = parts.steady().instant().plus(FIRST_PAUSE);
      return state -> state.stopFailed(stop.id(), later);
    }
  }

  /// A hook may have used the grace up: then two seconds are left, as long as there was a grace at
  /// all.
  private Duration remaining(Instant deadline, Duration grace) {
    var left = Duration.between(parts.steady().instant(), deadline);
    var least = Duration.ofSeconds(2).compareTo(grace) < 0 ? Duration.ofSeconds(2) : grace;
    return left.compareTo(least) < 0 ? least : left;
  }

  static Optional<Container> find(Pod pod, String name) {
    return Stream.concat(
            pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
        .filter(container -> container.getName().equals(name))
        .findFirst();
  }

  private Effect cleanUp(Memory memory) {
    try {
      parts.host().cleanUp(identity);
      parts.network().detached(identity.uid());
      return PodState::cleanedUp;
    } catch (PodTrouble e) {
      var trouble = next("CleanUp", e.words(), memory.trouble());
      return state -> state.trouble(trouble);
    } catch (InterruptedException e) {
      return NOTHING;
    }
  }

  private Effect deletePod(Pod pod) {
    new PodWriter(parts.client()).delete(pod);
    return state -> state.deleteAgainAt(parts.steady().instant().plus(PAUSE));
  }

  private Effect fail(Pod pod, Failure failure) {
    parts.events().warning(pod, failure.reason(), failure.message());
    return state -> state.fail(failure);
  }

  private Effect retire() {
    parts.host().forget(identity);
    return PodState::retire;
  }
}
