package io.ordinal.node.simulated;

import io.ordinal.node.probe.Prober;

/// Answers probes as the simulated container's behaviour says.
public final class SimulatedProber implements Prober {
  private final SimulatedRuntime runtime;

  /// Containers of this runtime are asked.
  public SimulatedProber(SimulatedRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public Answer ask(Question question) {
    return runtime.ready(question.containerId())
        ? Answer.GOOD
        : Answer.bad("the simulated container says that it is not ready");
  }
}
