package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The status of a StatefulSet; the words are those of its status. It is built from scratch each
/// time: conditions that others put there are not kept.
record SetStatus(
    long observedGeneration,
    PodCounts pods,
    String currentRevision,
    String updateRevision,
    int collisionCount) {

  SetStatus oneCurrentLess() {
    return new SetStatus(
        observedGeneration, pods.oneCurrentLess(), currentRevision, updateRevision, collisionCount);
  }

  /// A rollout is complete when every wanted pod is there, ready, and of the update revision: that
  /// one is current from then on.
  SetStatus completed(SetSpec spec) {
    boolean complete =
        spec.update() instanceof SetSpec.Update.Rolling
            && pods.updated() == pods.replicas()
            && pods.ready() == pods.replicas()
            && pods.replicas() == spec.replicas();
    return complete
        ? new SetStatus(
            observedGeneration, pods.allCurrent(), updateRevision, updateRevision, collisionCount)
        : this;
  }

  /// Whether it is worth writing. A count of collisions or conditions alone is not.
  boolean differsFrom(@Nullable StatefulSetStatus stored) {
    return stored == null
        || observedGeneration > orZero(stored.getObservedGeneration())
        || pods.replicas() != orZero(stored.getReplicas())
        || pods.current() != orZero(stored.getCurrentReplicas())
        || pods.ready() != orZero(stored.getReadyReplicas())
        || pods.updated() != orZero(stored.getUpdatedReplicas())
        || pods.available() != orZero(stored.getAvailableReplicas())
        || !Objects.equals(currentRevision, stored.getCurrentRevision())
        || !Objects.equals(updateRevision, stored.getUpdateRevision());
  }

  StatefulSetStatus toModel() {
    return new StatefulSetStatusBuilder()
        .withObservedGeneration(observedGeneration)
        .withReplicas(pods.replicas())
        .withReadyReplicas(pods.ready())
        .withAvailableReplicas(pods.available())
        .withCurrentReplicas(pods.current())
        .withUpdatedReplicas(pods.updated())
        .withCurrentRevision(currentRevision)
        .withUpdateRevision(updateRevision)
        .withCollisionCount(collisionCount)
        .build();
  }

  private static long orZero(@Nullable Number value) {
    return value == null ? 0 : value.longValue();
  }
}
