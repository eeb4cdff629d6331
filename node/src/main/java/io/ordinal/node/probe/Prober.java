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

  /// What came of it.
  enum Outcome {
    GOOD,
    BAD,
    /// The container could not be asked: that says nothing about it.
    NO_ANSWER
  }

  /// The answer; `output` goes into the event when it is bad.
  record Answer(Outcome outcome, String output) {
    /// A good one.
    public static final Answer GOOD = new Answer(Outcome.GOOD, "");

    /// One that the container gave.
    public static Answer of(boolean good, String output) {
      return new Answer(good ? Outcome.GOOD : Outcome.BAD, output);
    }

    /// A bad one.
    public static Answer bad(String output) {
      return new Answer(Outcome.BAD, output);
    }

    /// None at all.
    public static Answer none(String why) {
      return new Answer(Outcome.NO_ANSWER, why);
    }

    /// True for a good one.
    public boolean good() {
      return outcome == Outcome.GOOD;
    }
  }

  /// Asks and waits for the answer, no longer than the probe's timeout allows.
  Answer ask(Question question) throws InterruptedException;
}
