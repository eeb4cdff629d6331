package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.SCALED_TO_ZERO;

import io.ordinal.platform.why.facts.Finding;
import java.util.stream.Stream;

/// There are no pods because none are wanted.
final class ScaledToZero implements SetRule {

  @Override
  public Stream<Finding> judge(SetView set) {
    return set.replicas() == 0 && !set.set().isEnding()
        ? Stream.of(set.finding(SCALED_TO_ZERO, "spec.replicas"))
        : Stream.empty();
  }
}
