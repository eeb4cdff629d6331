package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.SET_ENDING;

import io.ordinal.platform.why.facts.Finding;
import java.util.stream.Stream;

/// The set has been deleted and waits for its pods, or for whoever set a finalizer.
final class SetEnding implements SetRule {

  @Override
  public Stream<Finding> judge(SetView set) {
    if (!set.set().isEnding()) return Stream.empty();
    var finalizers = set.set().list("/metadata/finalizers");
    return Stream.of(
        set.finding(SET_ENDING, "metadata.finalizers")
            .with("finalizer", finalizers.isEmpty() ? "-" : finalizers.getFirst().asString("")));
  }
}
