package io.ordinal.node.pod;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.ordinal.kube.Conditions;
import io.ordinal.kube.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The node's conditions of a pod, in their order (contract M11). A transition time moves only with
/// its status.
final class PodConditions {
  private record Verdict(boolean yes, @Nullable String reason, @Nullable String message) {
    static final Verdict YES = new Verdict(true, null, null);

    static Verdict no(String reason, @Nullable String message) {
      return new Verdict(false, reason, message);
    }
  }

  private final Observed o;
  private final PodPhase phase;
  private final List<ContainerStatus> statuses;

  /// `statuses` are those of regular containers and sidecars.
  PodConditions(Observed observed, PodPhase phase, List<ContainerStatus> statuses) {
    this.o = observed;
    this.phase = phase;
    this.statuses = statuses;
  }

  List<PodCondition> all() {
    var containersReady = containersReady();
    var all = new ArrayList<PodCondition>();
    if (evicted()) {
      all.add(
          condition(
              "DisruptionTarget",
              new Verdict(
                  true,
                  "TerminationByKubelet",
                  o.memory().failure().map(Failure::message).orElse(""))));
    }
    all.add(
        condition(
            "PodReadyToStartContainers",
            o.runtime().current().isPresent() ? Verdict.YES : new Verdict(false, null, null)));
    all.add(condition("Initialized", initialized()));
    all.add(condition("Ready", ready(containersReady)));
    all.add(condition("ContainersReady", containersReady));
    all.add(condition("PodScheduled", Verdict.YES));
    return all;
  }

  private boolean evicted() {
    return o.memory().failure().filter(f -> f.reason().equals("Evicted")).isPresent();
  }

  private Verdict initialized() {
    if (phase == PodPhase.Succeeded) {
      return new Verdict(true, "PodCompleted", null);
    }
    return Initialization.complete(o)
        ? Verdict.YES
        : Verdict.no(
            "ContainersNotInitialized",
            "containers with incomplete status: " + names(Initialization.incomplete(o)));
  }

  private Verdict containersReady() {
    var unready =
        statuses.stream()
            .filter(status -> !Boolean.TRUE.equals(status.getReady()))
            .map(ContainerStatus::getName)
            .toList();
    return switch (phase) {
      case Succeeded -> Verdict.no("PodCompleted", null);
      case Failed -> Verdict.no("PodFailed", null);
      case Pending, Running ->
          unready.isEmpty()
              ? Verdict.YES
              : Verdict.no(
                  "ContainersNotReady", "containers with unready status: " + names(unready));
    };
  }

  private Verdict ready(Verdict containersReady) {
    if (!containersReady.yes()) {
      return containersReady;
    }
    var missing =
        o.pod().getSpec().getReadinessGates().stream()
            .flatMap(gate -> closed(gate.getConditionType()).stream())
            .toList();
    return missing.isEmpty()
        ? Verdict.YES
        : Verdict.no("ReadinessGatesNotReady", String.join(", ", missing));
  }

  private Optional<String> closed(String type) {
    var found = Conditions.find(o.pod(), type);
    if (found.isEmpty()) {
      return Optional.of(
          "corresponding condition of pod readiness gate \"" + type + "\" does not exist.");
    }
    return found
        .filter(condition -> !"True".equals(condition.getStatus()))
        .map(condition ->
            "the status of pod readiness gate \"%s\" is not \"True\", but %s"
                .formatted(type, condition.getStatus()));
  }

  private PodCondition condition(String type, Verdict verdict) {
    var status = verdict.yes() ? "True" : "False";
    var known = Conditions.find(o.pod(), type);
    var since =
        known
            .filter(c -> status.equals(c.getStatus()))
            .map(PodCondition::getLastTransitionTime)
            .orElseGet(() -> Timestamps.seconds(o.wall()));
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(verdict.reason())
        .withMessage(verdict.message())
        .withLastTransitionTime(since)
        .withObservedGeneration(o.pod().getMetadata().getGeneration())
        .build();
  }

  private static String names(List<String> names) {
    return "[" + String.join(" ", names) + "]";
  }
}
