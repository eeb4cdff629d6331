package io.ordinal.node.pod;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one look at a pod has decided.
///
/// @param lookAgain when something may have to be done without anything else happening
public record PodPlan(List<Action> actions, Optional<Instant> lookAgain) {

  /// Collects a plan.
  static final class Draft {
    private final List<Action> actions = new ArrayList<>();
    private Optional<Instant> lookAgain = Optional.empty();

    void add(Action action) {
      actions.add(action);
    }

    void lookAgainAt(Instant at) {
      lookAgain = Optional.of(lookAgain.filter(known -> known.isBefore(at)).orElse(at));
    }

    List<Action> actions() {
      return actions;
    }

    boolean isEmpty() {
      return actions.isEmpty();
    }

    PodPlan done() {
      return new PodPlan(List.copyOf(actions), lookAgain);
    }
  }
}
