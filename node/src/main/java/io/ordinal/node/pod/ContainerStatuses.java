package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountStatus;
import io.fabric8.kubernetes.api.model.VolumeMountStatusBuilder;
import io.ordinal.kube.Timestamps;
import io.ordinal.node.runtime.ContainerStatus;
import io.ordinal.node.runtime.ContainerStatus.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// containerStatuses and initContainerStatuses (contract M10, M11).
final class ContainerStatuses {
  private final Observed o;
  private final String runtimeName;

  ContainerStatuses(Observed observed, String runtimeName) {
    this.o = observed;
    this.runtimeName = runtimeName;
  }

  List<io.fabric8.kubernetes.api.model.ContainerStatus> regular() {
    return o.containers().stream()
        .sorted(Comparator.comparing(Container::getName))
        .map(container -> status(container, false))
        .toList();
  }

  List<io.fabric8.kubernetes.api.model.ContainerStatus> init() {
    return o.initContainers().stream().map(container -> status(container, true)).toList();
  }

  private io.fabric8.kubernetes.api.model.ContainerStatus status(
      Container container, boolean init) {
    var latest = o.runtime().latest(container.getName());
    var waiting =
        latest.map(c -> waiting(container, c, init)).orElse(Optional.of(unborn(container)));
    var status =
        new ContainerStatusBuilder()
            .withName(container.getName())
            .withImage(
                latest
                    .map(ContainerStatus::image)
                    .filter(i -> !i.isEmpty())
                    .orElse(container.getImage()))
            .withImageID(latest.map(ContainerStatus::imageId).orElse(""))
            .withRestartCount(latest.map(ContainerStatus::attempt).orElse(0))
            .withReady(ready(container, latest, init))
            .withStarted(started(container, latest, init))
            .withState(waiting.orElseGet(() -> latest.map(this::state).orElseThrow()))
            .withLastState(lastState(latest, waiting.isPresent()))
            .withVolumeMounts(
                container.getVolumeMounts().stream().map(ContainerStatuses::mount).toList());
    latest.ifPresent(c -> status.withContainerID(runtimeName + "://" + c.id()));
    if (latest.filter(ContainerStatus::running).isPresent() && container.getResources() != null) {
      status.withResources(container.getResources());
      var requests = container.getResources().getRequests();
      status.withAllocatedResources(requests == null ? Map.of() : requests);
    }
    return status.build();
  }

  private boolean ready(Container container, Optional<ContainerStatus> latest, boolean init) {
    if (init && !Restarts.isSidecar(container)) {
      return latest.filter(c -> c.state() == State.EXITED && c.exitCode() == 0).isPresent();
    }
    return latest.filter(o::ready).isPresent();
  }

  private boolean started(Container container, Optional<ContainerStatus> latest, boolean init) {
    return (!init || Restarts.isSidecar(container)) && latest.filter(o::started).isPresent();
  }

  /// What a container waits for that does not run; empty when its own state says it all.
  private Optional<ContainerState> waiting(
      Container container, ContainerStatus latest, boolean init) {
    if (latest.running()) {
      return Optional.empty();
    }
    if (latest.state() == State.CREATED) {
      return Optional.of(waiting(usual(), null));
    }
    var goesOn =
        init
            ? Restarts.init(o.pod(), container, latest.exitCode())
            : Restarts.regular(o.pod(), container, latest.exitCode());
    if (!goesOn || o.ending().isPresent()) {
      return Optional.empty();
    }
    return backingOff(container, latest)
        .or(() ->
            o.memory()
                .of(container.getName())
                .trouble()
                .map(trouble -> troubled(trouble, container)));
  }

  private Optional<ContainerState> backingOff(Container container, ContainerStatus latest) {
    var backoff = o.memory().of(container.getName()).backoff();
    if (!backoff.mayRestartAt(o.runtime().endedAt(latest)).isAfter(o.now())) {
      return Optional.empty();
    }
    var pod = o.pod().getMetadata();
    var message =
        "back-off %s restarting failed container=%s pod=%s_%s(%s)"
            .formatted(
                backoff.shown(),
                container.getName(),
                pod.getName(),
                pod.getNamespace(),
                pod.getUid());
    return Optional.of(waiting("CrashLoopBackOff", message));
  }

  private ContainerState troubled(Trouble trouble, Container container) {
    return waiting(trouble.reasonAt(o.now()), trouble.messageAt(o.now(), container.getImage()));
  }

  /// A container that was never made: it waits, or it never will be.
  private ContainerState unborn(Container container) {
    if (o.ending().isPresent() && !PodPhase.couldRun(o)) {
      return new ContainerStateBuilder()
          .withNewTerminated()
          .withReason("ContainerStatusUnknown")
          .withMessage("The container could not be located when the pod was terminated")
          .withExitCode(137)
          .endTerminated()
          .build();
    }
    return o.memory()
        .of(container.getName())
        .trouble()
        .map(trouble -> troubled(trouble, container))
        .orElseGet(() -> waiting(usual(), null));
  }

  private String usual() {
    return o.initContainers().isEmpty() ? "ContainerCreating" : "PodInitializing";
  }

  private static ContainerState waiting(String reason, @Nullable String message) {
    return new ContainerStateBuilder()
        .withNewWaiting()
        .withReason(reason)
        .withMessage(message)
        .endWaiting()
        .build();
  }

  private ContainerState state(ContainerStatus container) {
    if (container.running()) {
      return new ContainerStateBuilder()
          .withNewRunning()
          .withStartedAt(Timestamps.seconds(container.startedAt()))
          .endRunning()
          .build();
    }
    return terminated(container);
  }

  private ContainerState lastState(Optional<ContainerStatus> latest, boolean waiting) {
    var last =
        waiting
            ? latest.filter(ContainerStatus::ended)
            : latest.flatMap(c -> o.runtime().previous(c.name())).filter(ContainerStatus::ended);
    return last.map(this::terminated).orElseGet(ContainerState::new);
  }

  private ContainerState terminated(ContainerStatus container) {
    var lost = container.state() == State.UNKNOWN;
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withExitCode(lost ? 137 : container.exitCode())
        .withReason(lost ? "ContainerStatusUnknown" : reason(container))
        .withMessage(container.message().isEmpty() ? null : container.message())
        .withStartedAt(time(container.startedAt()))
        .withFinishedAt(time(container.finishedAt()))
        .withContainerID(runtimeName + "://" + container.id())
        .endTerminated()
        .build();
  }

  private static String reason(ContainerStatus container) {
    if (!container.reason().isEmpty()) {
      return container.reason();
    }
    return container.exitCode() == 0 ? "Completed" : "Error";
  }

  private static @Nullable String time(Instant instant) {
    return instant.equals(Instant.EPOCH) ? null : Timestamps.seconds(instant);
  }

  private static VolumeMountStatus mount(VolumeMount mount) {
    var readOnly = Boolean.TRUE.equals(mount.getReadOnly());
    return new VolumeMountStatusBuilder()
        .withName(mount.getName())
        .withMountPath(mount.getMountPath())
        .withReadOnly(readOnly ? true : null)
        .withRecursiveReadOnly(readOnly ? "Disabled" : null)
        .build();
  }
}
