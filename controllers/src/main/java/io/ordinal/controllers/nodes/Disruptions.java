package io.ordinal.controllers.nodes;

import io.ordinal.kube.Timestamps;
import java.time.Instant;
import java.util.Map;

/// The condition by which a pod tells that it did not end by itself.
final class Disruptions {
  private Disruptions() {}

  static Map<String, String> target(String reason, String message, Instant now) {
    return Map.of(
        "type",
        "DisruptionTarget",
        "status",
        "True",
        "reason",
        reason,
        "message",
        message,
        "lastTransitionTime",
        Timestamps.seconds(now));
  }
}
