package io.ordinal.controllers.statefulset;

import static io.ordinal.controllers.statefulset.Node.container;
import static io.ordinal.controllers.statefulset.Node.runningState;
import static io.ordinal.controllers.statefulset.Node.waiting;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The ways in which a pod of a broken revision never becomes ready.
enum Failure {
  IMAGE_PULL(false),
  INVALID_IMAGE_NAME(false),
  MISSING_CONFIG(false),
  MISSING_VOLUME(false),
  UNSCHEDULABLE(false),
  UNBOUND_CLAIM(false),
  CREATE_ERROR(false),
  START_ERROR(false),
  INIT_FAILS(true),
  CRASHES_AT_ONCE(true),
  OUT_OF_MEMORY(true),
  NEVER_READY(true);

  /// Whether a container of it runs at some time.
  final boolean starts;

  Failure(boolean starts) {
    this.starts = starts;
  }

  String image() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-') + ":1";
  }

  static @Nullable Failure of(Pod pod) {
    var image = pod.getSpec().getContainers().getFirst().getImage();
    for (var failure : values()) if (failure.image().equals(image)) return failure;
    return null;
  }

  /// What a node, or for the two that reach none the scheduler, reports of such a pod.
  PodStatus status(PodStatus before, String now) {
    return switch (this) {
      case IMAGE_PULL -> waits(before, "ImagePullBackOff");
      case INVALID_IMAGE_NAME -> waits(before, "InvalidImageName");
      case MISSING_CONFIG -> waits(before, "CreateContainerConfigError");
      case MISSING_VOLUME -> waits(before, "ContainerCreating");
      case CREATE_ERROR -> waits(before, "CreateContainerError");
      case UNSCHEDULABLE, UNBOUND_CLAIM -> unscheduled(before, now);
      case START_ERROR -> crashed(before, "StartError", "1970-01-01T00:00:00Z");
      case CRASHES_AT_ONCE -> crashed(before, "Error", now);
      case OUT_OF_MEMORY -> crashed(before, "OOMKilled", now);
      case INIT_FAILS -> initCrashed(before, now);
      case NEVER_READY -> runs(before, now);
    };
  }

  private static PodStatus waits(PodStatus before, String reason) {
    return new PodStatusBuilder(before)
        .withContainerStatuses(container(waiting(reason), false, 0))
        .build();
  }

  private static PodStatus unscheduled(PodStatus before, String now) {
    if (!before.getConditions().isEmpty()) return before;
    var condition =
        new PodConditionBuilder()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withLastTransitionTime(now)
            .build();
    return new PodStatusBuilder(before).withConditions(condition).build();
  }

  private static PodStatus crashed(PodStatus before, String reason, String started) {
    if (before.getContainerStatuses().getFirst().getRestartCount() > 0) return before;
    return new PodStatusBuilder(before)
        .withPhase("Running")
        .withContainerStatuses(
            Node.builder(waiting("CrashLoopBackOff"), false, 1)
                .withLastState(ended(reason, started))
                .build())
        .build();
  }

  private static PodStatus initCrashed(PodStatus before, String now) {
    if (!before.getInitContainerStatuses().isEmpty()) return before;
    return new PodStatusBuilder(before)
        .withInitContainerStatuses(
            Node.builder(waiting("CrashLoopBackOff"), false, 1)
                .withName("init")
                .withLastState(ended("Error", now))
                .build())
        .build();
  }

  private static PodStatus runs(PodStatus before, String now) {
    if (before.getPhase().equals("Running")) return before;
    return new PodStatusBuilder(before)
        .withPhase("Running")
        .withContainerStatuses(container(runningState(now), false, 0))
        .build();
  }

  private static ContainerState ended(String reason, String started) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withReason(reason)
        .withExitCode(1)
        .withStartedAt(started)
        .endTerminated()
        .build();
  }
}
