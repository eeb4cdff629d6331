package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.MIN_READY;

import io.ordinal.platform.why.facts.Finding;
import java.util.stream.Stream;

/// Pods are ready, but not yet for as long as the set asks.
final class MinReady implements SetRule {

  @Override
  public Stream<Finding> judge(SetView set) {
    var seconds = set.set().number("/spec/minReadySeconds", 0);
    var available = set.set().number("/status/availableReplicas", 0);
    return seconds > 0 && set.unready().isEmpty() && available < set.pods().size()
        ? Stream.of(
            set.finding(MIN_READY, "spec.minReadySeconds")
                .with("seconds", seconds)
                .with("available", available))
        : Stream.empty();
  }
}
