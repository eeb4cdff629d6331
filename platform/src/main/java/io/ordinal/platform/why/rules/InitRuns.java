package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.INIT_RUNS;

import io.ordinal.platform.why.facts.Finding;
import java.util.stream.Stream;

/// An init container has not ended yet, and all others wait for it.
final class InitRuns implements ContainerRule {

  @Override
  public Stream<Finding> judge(ContainerView container) {
    return container.isInit() && container.isRunning()
        ? Stream.of(container.finding(INIT_RUNS, ""))
        : Stream.empty();
  }
}
