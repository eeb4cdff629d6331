package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.SCHEDULER_SILENT;
import static io.ordinal.platform.why.facts.Cause.SCHEDULING_GATE;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Scene;
import io.ordinal.platform.why.facts.Thing;
import java.util.stream.Stream;

/// Nobody looks for a node yet: a gate is closed, or the scheduler that the pod names does not run.
final class Gated implements PodRule {

  @Override
  public Stream<Finding> judge(Scene scene, Thing pod) {
    if (!pod.text("/spec/nodeName").isEmpty()) return Stream.empty();
    var gates = pod.list("/spec/schedulingGates");
    if (!gates.isEmpty()) {
      return Stream.of(
          Finding.of(SCHEDULING_GATE, pod, "spec.schedulingGates")
              .with("gate", gates.getFirst().path("name").asString("")));
    }
    var scheduler = pod.text("/spec/schedulerName");
    return pod.condition("PodScheduled").isEmpty() && !scheduler.equals("default-scheduler")
        ? Stream.of(
            Finding.of(SCHEDULER_SILENT, pod, "spec.schedulerName").with("scheduler", scheduler))
        : Stream.empty();
  }
}
