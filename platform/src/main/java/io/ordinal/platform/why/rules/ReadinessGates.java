package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.READINESS_GATE;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.stream.Stream;

/// All containers are ready, but something outside has not given its word.
final class ReadinessGates implements PodRule {

  @Override
  public Stream<Finding> judge(Scene scene, Thing pod) {
    if (!pod.isTrue("ContainersReady")) return Stream.empty();
    return pod.list("/spec/readinessGates").stream()
        .map(gate -> gate.path("conditionType").asString(""))
        .filter(type -> !pod.isTrue(type))
        .map(type -> Finding.of(READINESS_GATE, pod, "spec.readinessGates").with("gate", type));
  }
}
