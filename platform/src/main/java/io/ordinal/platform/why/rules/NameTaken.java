package io.ordinal.platform.why.rules;

import static io.ordinal.platform.why.facts.Cause.NAME_TAKEN;

import io.ordinal.platform.why.facts.Finding;
import io.ordinal.platform.why.facts.Resource;
import java.util.stream.Stream;

/// Somebody else's pod bears the name of one that the set wants to make.
final class NameTaken implements SetRule {

  @Override
  public Stream<Finding> judge(SetView set) {
    if (set.scene().isHidden(Resource.PODS)) return Stream.empty();
    return set
        .firstMissing()
        .flatMap(name -> set.scene().find(Resource.PODS, name))
        .filter(pod -> !pod.isManagedBy(set.set().uid()))
        .map(pod -> Finding.of(NAME_TAKEN, pod, "metadata.name").with("set", set.set().name()))
        .stream();
  }
}
