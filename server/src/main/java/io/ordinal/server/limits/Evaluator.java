package io.ordinal.server.limits;

import io.ordinal.schema.Quantity;
import io.ordinal.server.registry.Attributes;
import io.ordinal.server.registry.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// How the objects of one kind are counted. Every resource of a quota is used by one kind alone.
sealed interface Evaluator permits CountEvaluator, PodEvaluator, ServiceEvaluator, ClaimEvaluator {

  /// The evaluator of a kind; empty for what is never counted.
  static Optional<Evaluator> of(Kind kind) {
    if (kind.is("", "events") || kind.is("events.k8s.io", "events")) return Optional.empty();
    if (!kind.group().isEmpty()) return Optional.of(CountEvaluator.of(kind));
    return Optional.of(
        switch (kind.resource()) {
          case "pods" -> new PodEvaluator();
          case "services" -> new ServiceEvaluator();
          case "persistentvolumeclaims" -> new ClaimEvaluator();
          default -> CountEvaluator.of(kind);
        });
  }

  /// Whether such a write can use more.
  boolean handles(Attributes about);

  /// Whether objects of the kind use this resource of a quota.
  boolean counts(String resource);

  /// What an object uses.
  Map<String, Quantity> usage(ObjectNode object, Instant now);

  /// Whether an object is one of those that a scope means.
  default boolean isIn(Scope scope, ObjectNode object) {
    return false;
  }

  /// What an object must say before these resources can be counted: `must specify …`, or empty.
  default String missing(Collection<String> resources, ObjectNode object) {
    return "";
  }

  /// When an object that is there still will use less than now; the end of time when it will not.
  default Instant usesLessAfter(ObjectNode object) {
    return Instant.MAX;
  }
}
