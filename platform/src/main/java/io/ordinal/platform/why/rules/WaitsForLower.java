package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.WAITS_FOR_LOWER;

import io.ordinal.platform.why.facts.Finding;
import java.util.stream.Stream;

/// An ordered set makes its next pod only when all before it are ready.
final class WaitsForLower implements SetRule {

  @Override
  public Stream<Finding> judge(SetView set) {
    var unready = set.unready();
    var missing = set.firstMissing();
    if (!set.isOrdered() || unready.isEmpty() || missing.isEmpty()) return Stream.empty();
    return Stream.of(
        set.finding(WAITS_FOR_LOWER, "spec.podManagementPolicy")
            .with("pod", missing.get())
            .with("lower", unready.getFirst().name()));
  }
}
