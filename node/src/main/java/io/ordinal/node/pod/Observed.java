package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.kube.Pods;
import io.ordinal.node.runtime.ContainerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that a plan for one pod is made from.
///
/// @param gone the API server has it no more
/// @param inFlight what is being done right now, see [Action#key]
/// @param networkNotReady why no pod can be attached to the network
/// @param now by the steady clock, as all waits are
/// @param wall the same moment by the clock whose times objects carry
public record Observed(
    Pod pod,
    boolean gone,
    RuntimeView runtime,
    Memory memory,
    Set<String> inFlight,
    Optional<String> networkNotReady,
    Instant now,
    Instant wall) {

  /// Why a pod is being ended.
  public sealed interface Ending {
    /// Somebody deleted it.
    record Deleted(Duration grace) implements Ending {}

    /// It is not in the API any more.
    record Gone() implements Ending {}

    /// The node ended it.
    record Failed(Failure failure) implements Ending {}

    /// Its node is taken down in order: nothing of it may run, and nothing of it is forgotten.
    record Suspended() implements Ending {}

    /// All its containers have ended and none is started again.
    record Finished() implements Ending {}
  }

  List<Container> initContainers() {
    return pod.getSpec().getInitContainers();
  }

  List<Container> containers() {
    return pod.getSpec().getContainers();
  }

  boolean inFlightWith(String prefix) {
    return inFlight.stream().anyMatch(key -> key.startsWith(prefix));
  }

  /// Whether the pod is to be ended, and why.
  public Optional<Ending> ending() {
    if (gone) {
      return Optional.of(new Ending.Gone());
    }
    if (Pods.isTerminating(pod)) {
      var grace = pod.getMetadata().getDeletionGracePeriodSeconds();
      return Optional.of(new Ending.Deleted(Duration.ofSeconds(grace == null ? 30 : grace)));
    }
    if (memory.failure().isPresent()) {
      return Optional.of(new Ending.Failed(memory.failure().get()));
    }
    return Pods.isTerminal(pod) || Restarts.finished(this)
        ? Optional.of(new Ending.Finished())
        : Optional.empty();
  }

  /// When the pod's activeDeadlineSeconds are over.
  Optional<Instant> deadline() {
    var seconds = pod.getSpec().getActiveDeadlineSeconds();
    return seconds == null
        ? Optional.empty()
        : memory.activeSince().map(since -> since.plusSeconds(seconds));
  }

  /// True while a container's start (pull, creation, postStart hook) is under way.
  boolean starting(String container) {
    return inFlight.contains("start:" + container);
  }

  /// Whether a running container counts as started: its hook is over and its startup probe content.
  boolean started(ContainerStatus container) {
    return container.running()
        && !starting(container.name())
        && verdict(container).map(Verdict::started).orElse(true);
  }

  boolean ready(ContainerStatus container) {
    return started(container) && verdict(container).map(Verdict::ready).orElse(true);
  }

  boolean alive(ContainerStatus container) {
    return verdict(container).map(Verdict::alive).orElse(true);
  }

  private Optional<Verdict> verdict(ContainerStatus container) {
    return memory
        .of(container.name())
        .verdict()
        .filter(v -> v.containerId().equals(container.id()));
  }
}
