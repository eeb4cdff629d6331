package io.ordinal.node.probe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;

/// Asks a container once. Two implementations: over the network and into the container, and the
/// simulation's.
@FunctionalInterface
public interface Prober {

  /// What is asked.
  ///
  /// @param podAddress where its ports are
  record Question(Container container, String containerId, String podAddress, Probe probe) {}

  /// The answer; `output` goes into the event when it is bad.
  record Answer(boolean good, String output) {
    /// A good one.
    public static final Answer GOOD = new Answer(true, "");

    /// A bad one.
    public static Answer bad(String output) {
      return new Answer(false, output);
    }
  }

  /// Asks and waits for the answer, no longer than the probe's timeout allows.
  Answer ask(Question question) throws InterruptedException;
}
