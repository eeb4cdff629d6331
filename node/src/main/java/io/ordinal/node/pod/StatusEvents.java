package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.ordinal.node.facts.PodEvents;
import java.util.Optional;
import java.util.stream.Stream;

/// Events that belong to a change of a container's state rather than to something that was done.
final class StatusEvents {
  private final PodEvents events;

  StatusEvents(PodEvents events) {
    this.events = events;
  }

  void tell(Pod pod, PodStatus before, PodStatus now) {
    all(now)
        .filter(status ->
            !waiting(status)
                .equals(
                    all(before)
                        .filter(s -> s.getName().equals(status.getName()))
                        .findFirst()
                        .map(StatusEvents::waiting)
                        .orElse("")))
        .forEach(status -> tell(pod, status));
  }

  private void tell(Pod pod, ContainerStatus status) {
    var name = status.getName();
    var metadata = pod.getMetadata();
    switch (waiting(status)) {
      case "CrashLoopBackOff" ->
          events.warning(
              pod,
              name,
              "BackOff",
              "Back-off restarting failed container %s in pod %s_%s(%s)"
                  .formatted(name, metadata.getName(), metadata.getNamespace(), metadata.getUid()));
      case "ImagePullBackOff" -> {
        events.normal(pod, name, "BackOff", message(status));
        events.warning(pod, name, "Failed", "Error: ImagePullBackOff");
      }
      default -> {
        // other reasons were told when they arose
      }
    }
  }

  private static Stream<ContainerStatus> all(PodStatus status) {
    return Stream.concat(
        status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream());
  }

  private static String waiting(ContainerStatus status) {
    return Optional.ofNullable(status.getState())
        .flatMap(state -> Optional.ofNullable(state.getWaiting()))
        .flatMap(waiting -> Optional.ofNullable(waiting.getReason()))
        .orElse("");
  }

  private static String message(ContainerStatus status) {
    var message = status.getState().getWaiting().getMessage();
    return message == null ? "Back-off pulling image \"" + status.getImage() + "\"" : message;
  }
}
