package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.ordinal.kube.Conditions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides whether a pod of a revision that nobody wants any more may be replaced although it was
/// never ready, so that a rollout that sticks goes on when its template is mended or undone. See
/// docs/decisions on unsticking for the reasons.
///
/// A pod **was never ready** when one of these holds; anything else counts as having been ready:
///
/// - it has no Ready condition: no node has reported on it yet;
/// - its Ready condition is not True and still has the time of the pod's first status. That time is
///   `status.startTime`; for a pod without init containers also that of its Initialized condition,
///   which such a pod has from its first status on. And no container is known to have started in
///   that same second, since API times have no fractions.
///
/// Such a pod is replaced if none of its containers, init containers included, ever started; if one
/// did, it may have begun to change its data, and the set's annotation must allow it.
record Unstick(boolean on, boolean alsoStarted) {
  /// `"off"` leaves every stuck pod to the user, as Kubernetes does.
  static final String SWITCH = "ordinal.io/unstick";

  /// `"true"` also replaces pods whose containers have run and crashed, or never became ready.
  static final String REPLACE_CRASHING = "ordinal.io/replace-crashing-pods";

  /// How a runtime says that it could not start a container at all.
  private static final Set<String> NEVER_RAN = Set.of("StartError", "ContainerCannotRun");

  static Unstick of(SetSpec spec) {
    var annotations = spec.annotations();
    return new Unstick(
        !"off".equals(annotations.get(SWITCH)), "true".equals(annotations.get(REPLACE_CRASHING)));
  }

  /// Why the pod is to be replaced by one of the revision `wanted`, in words for its user; empty
  /// when it is to be left alone.
  Optional<String> reason(Pod pod, String wanted) {
    if (!on || pod.getMetadata().getDeletionTimestamp() != null || !wasNeverReady(pod)) {
      return Optional.empty();
    }
    if (hasStarted(pod) && !alsoStarted) return Optional.empty();
    return Optional.of(
        "revision %s never became ready (%s) and %s is wanted instead"
            .formatted(PodIdentity.revision(pod), problem(pod), wanted));
  }

  static boolean wasNeverReady(Pod pod) {
    var ready = Conditions.find(pod, "Ready");
    if (ready.isEmpty()) return true;
    var since = ready.get().getLastTransitionTime();
    return !"True".equals(ready.get().getStatus())
        && since != null
        && isFirstStatus(since, pod)
        && containers(pod.getStatus()).noneMatch(container -> startedBy(container, since));
  }

  /// Whether any of its containers has ever run.
  static boolean hasStarted(Pod pod) {
    return pod.getStatus() != null && containers(pod.getStatus()).anyMatch(Unstick::hasRun);
  }

  private static boolean isFirstStatus(String time, Pod pod) {
    if (time.equals(pod.getStatus().getStartTime())) return true;
    return pod.getSpec().getInitContainers().isEmpty()
        && Conditions.find(pod, "Initialized")
            .filter(initialized -> time.equals(initialized.getLastTransitionTime()))
            .isPresent();
  }

  private static Stream<ContainerStatus> containers(PodStatus status) {
    return Stream.of(
            status.getInitContainerStatuses(),
            status.getContainerStatuses(),
            status.getEphemeralContainerStatuses())
        .flatMap(List::stream);
  }

  private static boolean hasRun(ContainerStatus container) {
    return hasRun(container.getState())
        || hasRun(container.getLastState())
        || Boolean.TRUE.equals(container.getStarted())
        || Boolean.TRUE.equals(container.getReady())
        // Restarts that the two states do not account for.
        || (restarts(container) > 0 && !couldNotStart(container));
  }

  private static boolean hasRun(@Nullable ContainerState state) {
    if (state == null) return false;
    if (state.getRunning() != null) return true;
    var ended = state.getTerminated();
    return ended != null && !NEVER_RAN.contains(String.valueOf(ended.getReason()));
  }

  private static boolean couldNotStart(ContainerStatus container) {
    return isStartError(container.getState()) || isStartError(container.getLastState());
  }

  private static boolean isStartError(@Nullable ContainerState state) {
    return state != null
        && state.getTerminated() != null
        && NEVER_RAN.contains(String.valueOf(state.getTerminated().getReason()));
  }

  private static int restarts(ContainerStatus container) {
    return container.getRestartCount() == null ? 0 : container.getRestartCount();
  }

  private static boolean startedBy(ContainerStatus container, String time) {
    return startedBy(container.getState(), time) || startedBy(container.getLastState(), time);
  }

  /// API times are of one length and one zone: the order of their texts is the order of time.
  private static boolean startedBy(@Nullable ContainerState state, String time) {
    if (!hasRun(state) || state == null) return false;
    var running = state.getRunning();
    var started = running != null ? running.getStartedAt() : state.getTerminated().getStartedAt();
    return started == null || started.compareTo(time) <= 0;
  }

  /// What keeps it from becoming ready, as far as its status tells.
  private static String problem(Pod pod) {
    if (pod.getStatus() == null) return "no node has taken it";
    return containers(pod.getStatus())
        .flatMap(container -> problem(container).stream())
        .findFirst()
        .or(() -> Conditions.find(pod, "PodScheduled").flatMap(Unstick::problem))
        .orElse("its phase is " + pod.getStatus().getPhase());
  }

  private static Optional<String> problem(PodCondition scheduled) {
    return "True".equals(scheduled.getStatus())
        ? Optional.empty()
        : Optional.ofNullable(scheduled.getReason());
  }

  private static Optional<String> problem(ContainerStatus container) {
    var state = container.getState();
    if (state == null || Boolean.TRUE.equals(container.getReady())) return Optional.empty();
    if (state.getRunning() != null)
      return Optional.of("container " + container.getName() + " is not ready");
    var reason = state.getWaiting() != null ? state.getWaiting().getReason() : null;
    if (state.getTerminated() != null) reason = state.getTerminated().getReason();
    return Optional.ofNullable(reason).map(r -> "container " + container.getName() + ": " + r);
  }
}
