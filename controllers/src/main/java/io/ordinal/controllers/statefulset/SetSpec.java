package io.ordinal.controllers.statefulset;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What a StatefulSet asks for, with its defaults filled in. The words are those of its spec.
///
/// @param start the first ordinal
/// @param ordered whether pods are made and removed one after the other (any policy but `Parallel`)
/// @param minReady how long a pod must have been ready to count as available
record SetSpec(
    StatefulSet set,
    int start,
    int replicas,
    boolean ordered,
    Duration minReady,
    Update update,
    ClaimRetention retention,
    List<PersistentVolumeClaim> claimTemplates) {

  private static final int MOST_AT_ONCE = 1000;

  /// How pods of an old revision are replaced.
  sealed interface Update {
    /// By whoever deletes them.
    record OnDelete() implements Update {}

    /// By the controller, from the highest ordinal down to `start + partition`. `partition` is
    /// empty when the set has no `rollingUpdate` block: then all are updated, but which revision a
    /// *new* pod gets follows another rule.
    record Rolling(OptionalInt partition, Optional<IntOrString> maxUnavailable) implements Update {}
  }

  static SetSpec of(StatefulSet set) {
    var spec = set.getSpec();
    return new SetSpec(
        set,
        spec.getOrdinals() == null ? 0 : orZero(spec.getOrdinals().getStart()),
        spec.getReplicas() == null ? 1 : spec.getReplicas(),
        !"Parallel".equals(spec.getPodManagementPolicy()),
        Duration.ofSeconds(orZero(spec.getMinReadySeconds())),
        update(spec),
        ClaimRetention.of(spec.getPersistentVolumeClaimRetentionPolicy()),
        spec.getVolumeClaimTemplates() == null ? List.of() : spec.getVolumeClaimTemplates());
  }

  String name() {
    return set.getMetadata().getName();
  }

  String namespace() {
    return set.getMetadata().getNamespace();
  }

  /// The first ordinal that a pod must not have; it may be greater than any ordinal.
  long end() {
    return (long) start + replicas;
  }

  /// An ordinal has 31 bits, as its pod's name is read.
  boolean wants(long ordinal) {
    return start <= ordinal && ordinal < Math.min(end(), Integer.MAX_VALUE + 1L);
  }

  /// How many missing pods one pass makes at most.
  int madeAtOnce() {
    return ordered ? 1 : MOST_AT_ONCE;
  }

  boolean isTerminating() {
    return set.getMetadata().getDeletionTimestamp() != null;
  }

  /// The first ordinal that a rolling update may touch; none at all under OnDelete.
  int updatesFrom() {
    return switch (update) {
      case Update.OnDelete _ -> Integer.MAX_VALUE;
      case Update.Rolling(var partition, _) -> start + partition.orElse(0);
    };
  }

  Map<String, String> annotations() {
    var annotations = set.getMetadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }

  Map<String, String> matchLabels() {
    var labels = set.getSpec().getSelector().getMatchLabels();
    return labels == null ? Map.of() : labels;
  }

  private static Update update(StatefulSetSpec spec) {
    var strategy = spec.getUpdateStrategy();
    if (strategy != null && "OnDelete".equals(strategy.getType())) return new Update.OnDelete();
    var rolling = strategy == null ? null : strategy.getRollingUpdate();
    if (rolling == null) return new Update.Rolling(OptionalInt.empty(), Optional.empty());
    return new Update.Rolling(
        OptionalInt.of(orZero(rolling.getPartition())),
        Optional.ofNullable(rolling.getMaxUnavailable()));
  }

  private static int orZero(@Nullable Integer value) {
    return value == null ? 0 : value;
  }
}
