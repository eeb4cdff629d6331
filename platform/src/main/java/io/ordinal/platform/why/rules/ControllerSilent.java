package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.CONTROLLER_SILENT;

import io.ordinal.platform.why.facts.Finding;
import java.util.stream.Stream;

/// Nobody has looked at the set as it is now.
final class ControllerSilent implements SetRule {

  @Override
  public Stream<Finding> judge(SetView set) {
    return set.isSeen()
        ? Stream.empty()
        : Stream.of(set.finding(CONTROLLER_SILENT, "status.observedGeneration"));
  }
}
