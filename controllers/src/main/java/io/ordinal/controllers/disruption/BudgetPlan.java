package io.ordinal.controllers.disruption;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatusBuilder;
import io.ordinal.kube.Pods;
import io.ordinal.kube.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The status of a budget, computed from its pods.
///
/// @param status as it should be
/// @param lookAgain how long until a pod whose eviction was allowed, and which is still there,
///   counts again
record BudgetPlan(PodDisruptionBudgetStatus status, Optional<Duration> lookAgain) {

  /// An eviction that was allowed is given so long to be seen.
  static final Duration EVICTION_TIMEOUT = Duration.ofMinutes(2);

  /// @param scale how many pods their owners want, all owners together
  static BudgetPlan of(PodDisruptionBudget budget, List<Pod> pods, int scale, Instant now) {
    Map<String, String> disrupted = stillDisrupted(budget, pods, now);
    int healthy =
        (int)
            pods.stream()
                .filter(p -> !Pods.isTerminating(p) && Pods.isReady(p))
                .filter(p -> !disrupted.containsKey(p.getMetadata().getName()))
                .count();
    int expected = expected(budget, pods.size(), scale);
    int desired = desired(budget, expected);
    int allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
    var status =
        new PodDisruptionBudgetStatusBuilder()
            .withCurrentHealthy(healthy)
            .withDesiredHealthy(desired)
            .withExpectedPods(expected)
            .withDisruptionsAllowed(allowed)
            .withObservedGeneration(budget.getMetadata().getGeneration())
            .withDisruptedPods(disrupted)
            .withConditions(
                condition(
                    budget,
                    allowed > 0,
                    allowed > 0 ? "SufficientPods" : "InsufficientPods",
                    "",
                    now))
            .build();
    return new BudgetPlan(status, nextRecheck(disrupted, now));
  }

  /// When it cannot be said how many pods there should be, none may be taken away.
  static PodDisruptionBudgetStatus failed(PodDisruptionBudget budget, String problem, Instant now) {
    var known =
        budget.getStatus() == null
            ? new PodDisruptionBudgetStatusBuilder()
            : new PodDisruptionBudgetStatusBuilder(budget.getStatus());
    return known
        .withDisruptionsAllowed(0)
        .withObservedGeneration(budget.getMetadata().getGeneration())
        .withConditions(condition(budget, false, "SyncFailed", problem, now))
        .build();
  }

  /// Whether the number of wanted pods matters, and not only those that are there.
  static boolean needsScale(PodDisruptionBudget budget) {
    return budget.getSpec().getMaxUnavailable() != null
        || isPercentage(budget.getSpec().getMinAvailable());
  }

  private static boolean isPercentage(@Nullable IntOrString value) {
    return value != null && value.getStrVal() != null;
  }

  private static int expected(PodDisruptionBudget budget, int pods, int scale) {
    return needsScale(budget) ? scale : pods;
  }

  private static int desired(PodDisruptionBudget budget, int expected) {
    IntOrString most = budget.getSpec().getMaxUnavailable();
    if (most != null) {
      return Math.max(0, expected - scaled(most, expected));
    }
    IntOrString least = budget.getSpec().getMinAvailable();
    // Without either, one pod must stay.
    return least == null ? 1 : scaled(least, expected);
  }

  /// Percentages are rounded up.
  private static int scaled(IntOrString value, int whole) {
    if (value.getStrVal() == null) {
      return value.getIntVal() == null ? 0 : value.getIntVal();
    }
    int percent = Integer.parseInt(value.getStrVal().replace("%", ""));
    return (int) Math.ceilDiv((long) percent * whole, 100L);
  }

  /// Pods whose eviction was allowed a moment ago and which are not seen to go yet.
  private static Map<String, String> stillDisrupted(
      PodDisruptionBudget budget, List<Pod> pods, Instant now) {
    Map<String, String> still = new TreeMap<>();
    if (budget.getStatus() == null) {
      return still;
    }
    budget
        .getStatus()
        .getDisruptedPods()
        .forEach((name, since) -> {
          boolean present =
              pods.stream()
                  .anyMatch(p -> p.getMetadata().getName().equals(name) && !Pods.isTerminating(p));
          if (present && Instant.parse(since).plus(EVICTION_TIMEOUT).isAfter(now)) {
            still.put(name, since);
          }
        });
    return still;
  }

  private static Optional<Duration> nextRecheck(Map<String, String> disrupted, Instant now) {
    return disrupted.values().stream()
        .map(since -> Duration.between(now, Instant.parse(since).plus(EVICTION_TIMEOUT)))
        .min(Duration::compareTo);
  }

  private static List<Condition> condition(
      PodDisruptionBudget budget, boolean allowed, String reason, String message, Instant now) {
    String status = allowed ? "True" : "False";
    List<Condition> all = new ArrayList<>();
    String since = Timestamps.seconds(now);
    if (budget.getStatus() != null) {
      for (Condition known : budget.getStatus().getConditions()) {
        if (!known.getType().equals("DisruptionAllowed")) {
          all.add(known);
        } else if (known.getStatus().equals(status)) {
          since = known.getLastTransitionTime();
        }
      }
    }
    all.add(
        new ConditionBuilder()
            .withType("DisruptionAllowed")
            .withStatus(status)
            .withReason(reason)
            .withMessage(message)
            .withLastTransitionTime(since)
            .withObservedGeneration(budget.getMetadata().getGeneration())
            .build());
    return all;
  }
}
