package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.ordinal.kube.Conditions;
import io.ordinal.kube.Pods;
import io.ordinal.kube.Timestamps;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A node agent of values: moves pods from one status to the next, as a kubelet would report them.
/// What an image's name begins with is how its container fares; see [Failure].
final class Node {
  private final World world;
  private final Clock clock;
  private final Set<String> everReady = new HashSet<>();

  Node(World world, Clock clock) {
    this.world = world;
    this.clock = clock;
  }

  /// Whether the pod of this UID was ever reported ready.
  boolean wasReady(Pod pod) {
    return everReady.contains(World.uid(pod));
  }

  /// Brings a pod one step further; whether there was a step to be made.
  boolean step(Pod seen) {
    var found = world.pod(seen.getMetadata().getName()).filter(p -> sameUid(p, seen));
    if (found.isEmpty()) return false;
    var pod = found.get();
    if (Pods.isTerminating(pod)) return end(pod);
    if (Pods.isTerminal(pod) || Pods.isReady(pod)) return false;
    var failure = Failure.of(pod);
    if (pod.getStatus().getStartTime() == null) {
      if (failure == Failure.UNSCHEDULABLE || failure == Failure.UNBOUND_CLAIM) {
        return report(pod, failure.status(pod.getStatus(), now()));
      }
      return report(pod, firstStatus());
    }
    return failure == null
        ? Pods.isRunning(pod) ? ready(pod) : running(pod)
        : report(pod, failure.status(pod.getStatus(), now()));
  }

  boolean running(Pod pod) {
    return report(
        pod,
        new PodStatusBuilder(pod.getStatus())
            .withPhase("Running")
            .withContainerStatuses(container(runningState(now()), false, 0))
            .build());
  }

  boolean ready(Pod pod) {
    everReady.add(World.uid(pod));
    return report(pod, withReady(pod.getStatus(), "True", now()));
  }

  /// The pod stays Running and is not ready any more.
  boolean unready(Pod pod) {
    return report(pod, withReady(pod.getStatus(), "False", now()));
  }

  boolean phase(Pod pod, String phase) {
    var status = withReady(pod.getStatus(), "False", now());
    return report(pod, new PodStatusBuilder(status).withPhase(phase).build());
  }

  /// What the agent reports when it has just taken a pod.
  private PodStatus firstStatus() {
    var status =
        new PodStatusBuilder()
            .withPhase("Pending")
            .withStartTime(now())
            .withContainerStatuses(container(waiting("ContainerCreating"), false, 0))
            .addToConditions(
                new PodConditionBuilder()
                    .withType("Initialized")
                    .withStatus("True")
                    .withLastTransitionTime(now())
                    .build())
            .build();
    return withReady(status, "False", now());
  }

  private boolean end(Pod pod) {
    if (!pod.getMetadata().getFinalizers().isEmpty()) return false;
    world.vanish(pod);
    return true;
  }

  private boolean report(Pod pod, PodStatus status) {
    if (status.equals(pod.getStatus())) return false;
    world.edit(pod, live -> new PodBuilder(live).withStatus(status).build());
    return true;
  }

  private String now() {
    return Timestamps.seconds(clock.instant());
  }

  static ContainerStatusBuilder builder(ContainerState state, boolean ready, int restarts) {
    return new ContainerStatusBuilder()
        .withName("main")
        .withState(state)
        .withReady(ready)
        .withRestartCount(restarts);
  }

  static io.fabric8.kubernetes.api.model.ContainerStatus container(
      ContainerState state, boolean ready, int restarts) {
    return builder(state, ready, restarts).build();
  }

  static ContainerState waiting(String reason) {
    return new ContainerStateBuilder().withNewWaiting(reason, reason).build();
  }

  static ContainerState runningState(String since) {
    return new ContainerStateBuilder().withNewRunning(since).build();
  }

  /// The Ready condition keeps its time unless it changes.
  static PodStatus withReady(PodStatus status, String ready, String now) {
    var others = new ArrayList<>(status.getConditions());
    var before = find(status);
    if (before != null && before.getStatus().equals(ready)) return status;
    others.removeIf(condition -> condition.getType().equals("Ready"));
    others.add(
        new PodConditionBuilder()
            .withType("Ready")
            .withStatus(ready)
            .withLastTransitionTime(now)
            .build());
    return new PodStatusBuilder(status).withConditions(others).build();
  }

  private static io.fabric8.kubernetes.api.model.@Nullable PodCondition find(PodStatus status) {
    var pod = new PodBuilder().withStatus(status).build();
    return Conditions.find(pod, "Ready").orElse(null);
  }

  private static boolean sameUid(Pod a, Pod b) {
    return World.uid(a).equals(World.uid(b));
  }
}
