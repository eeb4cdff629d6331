package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.node.facts.PodTrouble;
import io.ordinal.node.pod.PodState.Effect;
import io.ordinal.node.pull.ImagePuller;
import io.ordinal.node.runtime.RuntimeFailure;
import io.ordinal.node.runtime.SandboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Starts one container: image, configuration, creation, start, postStart hook; each step has a
/// waiting reason of its own.
final class ContainerStart {
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PULL_PAUSE = Duration.ofMinutes(5);

  private final PodParts parts;

  ContainerStart(PodParts parts) {
    this.parts = parts;
  }

  Effect perform(Action.StartContainer start, Pod pod, RuntimeView view, Memory memory) {
    var container = PodActions.find(pod, start.name()).orElseThrow();
    var before = memory.of(start.name()).trouble();
    try {
      return start(start, pod, container, view);
    } catch (PodTrouble e) {
      if (!ImagePuller.REPORTED.contains(e.reason())) {
        parts.events().warning(pod, start.name(), "Failed", "Error: " + e.words());
      }
      var trouble = trouble(e, before);
      return state -> state.container(start.name(), c -> c.withTrouble(Optional.of(trouble)));
    } catch (RuntimeFailure e) {
      if (e.kind() != RuntimeFailure.Kind.INTERRUPTED) {
        throw e;
      }
      return state -> {};
    } catch (InterruptedException e) {
      return state -> {};
    }
  }

  private Effect start(Action.StartContainer start, Pod pod, Container container, RuntimeView view)
      throws InterruptedException {
    var image = parts.images().ensure(pod, container);
    var sandbox = parts.host().sandbox(pod, attempt(view, start.sandboxId()));
    var place = new PodHost.Place(start.attempt(), image, ips(view), sandbox);
    var config = parts.host().container(pod, container, place);
    var id =
        asking(
            "CreateContainerError",
            () -> parts.runtime().createContainer(start.sandboxId(), config, sandbox));
    parts.events().normal(pod, start.name(), "Created", "Container created");
    var problem = run(pod, container, id);
    var ended = view.latest(start.name()).map(view::endedAt);
    var now = parts.steady().instant();
    return state ->
        state.container(start.name(), c -> afterStart(c, ended, now).withTrouble(problem));
  }

  private static ContainerMemory afterStart(
      ContainerMemory memory, Optional<Instant> ended, Instant now) {
    return ended.map(at -> memory.with(memory.backoff().restarted(at, now))).orElse(memory);
  }

  private Optional<Trouble> run(Pod pod, Container container, String id) {
    var now = parts.steady().instant();
    try {
      asking(
          "RunContainerError",
          () -> {
            parts.runtime().startContainer(id);
            return id;
          });
    } catch (PodTrouble e) {
      parts.events().warning(pod, container.getName(), "Failed", "Error: " + e.words());
      return Optional.of(new Trouble(e.reason(), e.words(), now, now, 1));
    }
    parts.events().normal(pod, container.getName(), "Started", "Container started");
    return afterStart(pod, container, id);
  }

  private Optional<Trouble> afterStart(Pod pod, Container container, String id) {
    try {
      new Hooks(parts).afterStart(pod, container, id);
      return Optional.empty();
    } catch (PodTrouble e) {
      var now = parts.steady().instant();
      parts.events().warning(pod, container.getName(), "FailedPostStartHook", e.words());
      parts.events().normal(pod, container.getName(), "Killing", "FailedPostStartHook");
      parts.runtime().stopContainer(id, Grace.of(pod));
      return Optional.of(new Trouble("PostStartHookError", e.words(), now, now, 1));
    }
  }

  private interface Question {
    String ask();
  }

  private static String asking(String reason, Question question) {
    try {
      return question.ask();
    } catch (RuntimeFailure e) {
      if (e.kind() == RuntimeFailure.Kind.INTERRUPTED) {
        throw e;
      }
      throw new PodTrouble(reason, e.words(), e);
    }
  }

  /// Pulls wait 10 s, 20 s … 300 s; everything else is tried again after 10 s.
  private Trouble trouble(PodTrouble e, Optional<Trouble> before) {
    var now = parts.steady().instant();
    int failures =
        before.filter(t -> t.reason().equals(e.reason())).map(Trouble::failures).orElse(0) + 1;
    var pause = PAUSE;
    if (e.reason().equals("ErrImagePull")) {
      var doubled = PAUSE.multipliedBy(1L << Math.min(failures - 1, 6));
      pause = doubled.compareTo(LONGEST_PULL_PAUSE) < 0 ? doubled : LONGEST_PULL_PAUSE;
    }
    return new Trouble(e.reason(), e.words(), now, now.plus(pause), failures);
  }

  private static int attempt(RuntimeView view, String sandboxId) {
    return view.sandboxes().stream()
        .filter(sandbox -> sandbox.id().equals(sandboxId))
        .findFirst()
        .map(SandboxStatus::attempt)
        .orElse(0);
  }

  private static List<String> ips(RuntimeView view) {
    return view.current().map(SandboxStatus::ips).orElse(List.of());
  }
}
