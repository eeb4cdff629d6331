package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.ON_DELETE;
import static io.ordinal.platform.why.facts.Cause.PARTITION;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Thing;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Pods keep an older template because the update strategy says so.
final class HeldBack implements SetRule {

  private static final int SHOWN = 5;

  @Override
  public Stream<Finding> judge(SetView set) {
    var held = set.pods().stream().filter(set::isHeldBack).map(Thing::name).toList();
    if (held.isEmpty()) return Stream.empty();
    var names = held.stream().limit(SHOWN).collect(Collectors.joining(", "));
    var finding =
        set.isOnDelete()
            ? set.finding(ON_DELETE, "spec.updateStrategy.type")
            : set.finding(PARTITION, "spec.updateStrategy.rollingUpdate.partition");
    return Stream.of(
        finding
            .with("partition", set.partition())
            .with("count", held.size())
            .with("pods", held.size() > SHOWN ? names + ", …" : names));
  }
}
