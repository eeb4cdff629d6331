package io.ordinal.cluster;

import io.ordinal.controllers.statefulset.SetReadings;
import io.ordinal.controllers.statefulset.SetReadings.SetReading;
import io.ordinal.server.health.Metrics;
import io.ordinal.server.health.Metrics.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToIntFunction;

/// Shows at `/metrics`, under upstream's names, how many pods of a set may be and are unavailable.
final class SetGauges {
  private static final String PREFIX = "statefulset_controller_statefulset_";

  private SetGauges() {}

  static void show(SetReadings sets, Metrics metrics) {
    metrics.gauges(
        PREFIX + "max_unavailable",
        "Pods of a StatefulSet that may be unavailable during a rolling update.",
        () -> samples(sets, SetReading::maxUnavailable));
    metrics.gauges(
        PREFIX + "unavailable_replicas",
        "Pods of a StatefulSet that are missing or not available.",
        () -> samples(sets, SetReading::unavailable));
  }

  private static List<Sample> samples(SetReadings sets, ToIntFunction<SetReading> value) {
    return sets.all().stream().map(set -> sample(set, value.applyAsInt(set))).toList();
  }

  private static Sample sample(SetReading set, int value) {
    var labels = new LinkedHashMap<String, String>();
    labels.put("pod_management_policy", set.policy());
    labels.put("statefulset_name", set.name());
    labels.put("statefulset_namespace", set.namespace());
    return new Sample(labels, value);
  }
}
