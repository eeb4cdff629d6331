package io.ordinal.kube;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What can be said of a pod by looking at it.
public final class Pods {
  private Pods() {}

  /// The phase, empty for a pod that the API server has not seen yet.
  public static String phase(Pod pod) {
    var status = pod.getStatus();
    return status == null || status.getPhase() == null ? "" : status.getPhase();
  }

  public static boolean isCreated(Pod pod) {
    return !phase(pod).isEmpty();
  }

  public static boolean isPending(Pod pod) {
    return phase(pod).equals("Pending");
  }

  public static boolean isRunning(Pod pod) {
    return phase(pod).equals("Running");
  }

  public static boolean isFailed(Pod pod) {
    return phase(pod).equals("Failed");
  }

  public static boolean isSucceeded(Pod pod) {
    return phase(pod).equals("Succeeded");
  }

  /// All its containers have ended and none will be started again.
  public static boolean isTerminal(Pod pod) {
    return isFailed(pod) || isSucceeded(pod);
  }

  /// It has been asked to end.
  public static boolean isTerminating(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  public static boolean isScheduled(Pod pod) {
    var node = pod.getSpec().getNodeName();
    return node != null && !node.isEmpty();
  }

  public static boolean isReady(Pod pod) {
    return Conditions.isTrue(pod, "Ready");
  }

  public static boolean isRunningAndReady(Pod pod) {
    return isRunning(pod) && isReady(pod);
  }

  /// Ready without a break for at least so long; 0 means at once.
  public static boolean isAvailable(Pod pod, Duration minReady, Instant now) {
    if (!isReady(pod)) return false;
    return minReady.isZero()
        || readySince(pod).filter(since -> !since.plus(minReady).isAfter(now)).isPresent();
  }

  /// Since when it has been ready, empty if it is not.
  public static Optional<Instant> readySince(Pod pod) {
    return Conditions.find(pod, "Ready")
        .filter(ready -> "True".equals(ready.getStatus()))
        .map(ready -> ready.getLastTransitionTime())
        .map(Instant::parse);
  }
}
